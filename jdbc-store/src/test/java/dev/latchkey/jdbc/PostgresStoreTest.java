package dev.latchkey.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresStoreTest extends TableContract {
  private static String url = "";

  @BeforeAll
  static void newDatabase() {
    url = TestPostgres.shared().newDatabase();
    open(url, SEALER).close();
  }

  @Test
  void pollingReadsAnIndexNotTheTable() throws SQLException {
    execute(
        "insert into api_keys (id, provider, user_id, key_encrypted, key_fingerprint, key_hint,"
            + " source, status, priority, generation, created_at, updated_at)"
            + " select gen_random_uuid(), 'p', 'user-' || n, 'v1.', '', '', 'manual', 'active', 0,"
            + " 1, now(), now() - n * interval '1 second' from generate_series(1, 20000) n");
    execute("analyze api_keys");
    String query =
        ChangeFeed.SELECT
            .replaceFirst("\\?", "now() - interval '20 seconds'")
            .replaceFirst("\\?", "now() - interval '20 seconds'")
            .replaceFirst("\\?", "gen_random_uuid()")
            .replaceFirst("\\?", "1000");

    assertThat(String.join("\n", column("explain " + query)))
        .contains("api_keys_by_change")
        .doesNotContain("Seq Scan");
  }

  @Override
  String url() {
    return url;
  }

  @Override
  Connection connect() throws SQLException {
    return DriverManager.getConnection(url);
  }
}
