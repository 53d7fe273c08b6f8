package dev.latchkey.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.store.KeyStore;
import dev.latchkey.core.store.StoreSettings;
import dev.latchkey.core.time.TimeSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The embedded database's tables, made without Flyway, are what Flyway would have made. */
final class NewTablesTest {
  @TempDir Path folder;

  @Test
  void flywayFindsItsWorkDone() throws Exception {
    Database database = made("h2:" + folder);
    try (Connection keepsOpen = database.getConnection()) {
      assertThat(keepsOpen.isValid(1)).isTrue();
      Flyway flyway = FlywayRun.flyway(database.dialect(), keepsOpen);

      assertThat(flyway.validateWithResult().getAllErrorMessages()).isEmpty();
      assertThat(flyway.info().pending()).isEmpty();
      assertThat(flyway.migrate().migrationsExecuted).isZero();
      assertThat(Migrations.version(keepsOpen)).isEqualTo(Scripts.latestVersion());
    }
  }

  @Test
  void nothingFailsWhileTheyAreMade() throws Exception {
    made("h2:" + folder);
    made("h2:" + folder);
    assertThat(folder.resolve("h2/keys.mv.db")).exists();
    assertThat(folder.resolve("h2/keys.trace.db")).doesNotExist();
  }

  @Test
  void passwordThatWasLostIsToldWithTheWayOut() throws Exception {
    String url = "h2:" + folder;
    made(url);
    Files.write(folder.resolve("h2/password"), "another".getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(() -> made(url)).hasMessageContaining("restore FOLDER/h2/password");
  }

  @Test
  void folderIsNewUntilTheyAreMade() {
    String url = "h2:" + folder.resolve("of our own");
    assertThat(new JdbcKeyStoreProvider().isNew(url)).isTrue();
    made(url);
    assertThat(new JdbcKeyStoreProvider().isNew(url)).isFalse();
    assertThat(new JdbcKeyStoreProvider().isNew("jdbc:h2:mem:any")).isFalse();
    assertThat(new JdbcKeyStoreProvider().isNew("jdbc:postgresql://db/keys")).isFalse();
  }

  @Test
  void columnsAndIndexesAreThoseThatFlywayMakes() throws Exception {
    Database ours = made("h2:" + folder.resolve("ours"));
    Database flyways = made("jdbc:h2:file:" + folder.resolve("keys") + flywayMode());
    assertThat(columns(ours)).isEqualTo(columns(flyways)).hasSizeGreaterThan(50);
    assertThat(indexes(ours)).isEqualTo(indexes(flyways)).hasSizeGreaterThan(9);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drop table key_renewals; drop table key_usage",
        "drop index api_keys_by_change; drop table key_events",
        "drop table api_keys; drop table key_events; drop table key_usage; drop table key_renewals"
      })
  void whatAKilledProcessLeftHalfMadeIsCompleted(String notMadeYet) throws Exception {
    Database database = made("h2:" + folder);
    List<String> all = columns(database);
    List<String> indexes = indexes(database);
    execute(database, "drop table \"latchkey_schema_history\"; " + notMadeYet);

    Database again = made("h2:" + folder);

    assertThat(columns(again)).isEqualTo(all);
    assertThat(indexes(again)).isEqualTo(indexes);
  }

  private static String flywayMode() {
    return ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH";
  }

  private static Database made(String url) {
    StoreSettings settings =
        StoreSettings.of(url, null, null, false, NoSealer::new, TimeSource.system());
    try (KeyStore store = new JdbcKeyStoreProvider().open(settings)) {
      assertThat(store.list(null, null, 10)).isEmpty();
    }
    return H2Database.of(settings);
  }

  private static List<String> columns(Database database) throws SQLException {
    return rows(
        database,
        "select table_name, column_name, data_type, character_maximum_length, is_nullable,"
            + " column_default from information_schema.columns where table_schema = 'public'"
            + " order by 1, ordinal_position");
  }

  private static List<String> indexes(Database database) throws SQLException {
    return rows(
        database,
        "select table_name, column_name, ordinal_position, is_unique from"
            + " information_schema.index_columns where table_schema = 'public' order by 1, 2, 3, 4");
  }

  private static List<String> rows(Database database, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection c = database.getConnection();
        Statement s = c.createStatement();
        ResultSet row = s.executeQuery(sql)) {
      int columns = row.getMetaData().getColumnCount();
      while (row.next()) {
        StringBuilder line = new StringBuilder();
        for (int i = 1; i <= columns; i++) line.append(row.getString(i)).append(' ');
        rows.add(line.toString());
      }
    }
    return rows;
  }

  private static void execute(Database database, String sql) throws SQLException {
    try (Connection c = database.getConnection();
        Statement s = c.createStatement()) {
      s.execute(sql);
    }
  }
}
