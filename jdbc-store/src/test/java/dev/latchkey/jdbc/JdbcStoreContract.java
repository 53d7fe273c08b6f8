package dev.latchkey.jdbc;

import dev.latchkey.core.crypto.Keysets;
import dev.latchkey.core.crypto.Sealer;
import dev.latchkey.core.key.KeyId;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.store.KeyStore;
import dev.latchkey.core.store.KeyStoreContract;
import dev.latchkey.core.store.StoreSettings;
import dev.latchkey.core.store.Usage;
import dev.latchkey.core.time.TimeSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;

/** The contract on a database; a subclass names the database. */
abstract class JdbcStoreContract extends KeyStoreContract {
  static final Sealer SEALER = Keysets.ofText(Keysets.generate(), "the tests' keyset");

  /** The same in all tests of the class. */
  abstract String url();

  /** A connection of the tests' own to the same tables. */
  abstract Connection connect() throws SQLException;

  @BeforeEach
  void empty() throws SQLException {
    for (String table : new String[] {"api_keys", "key_events", "key_usage", "key_renewals"}) {
      execute("truncate table " + table);
    }
  }

  @Override
  protected KeyStore open() {
    return open(url(), SEALER);
  }

  static KeyStore open(String url, Sealer sealer) {
    return new JdbcKeyStoreProvider()
        .open(StoreSettings.of(url, null, null, false, () -> sealer, TimeSource.system()));
  }

  @Override
  protected void pass(Duration time) throws SQLException {
    String back = " - interval '" + time.getSeconds() + "' second";
    execute(
        "update key_renewals set begun_at = begun_at"
            + back
            + ", lease_until = lease_until"
            + back);
  }

  @Override
  protected List<Usage> usage() throws SQLException {
    List<Usage> found = new ArrayList<>();
    try (Connection c = connect();
        Statement s = c.createStatement();
        ResultSet row = s.executeQuery("select * from key_usage")) {
      while (row.next()) {
        found.add(
            Usage.of(
                KeyId.parse(row.getObject("key_id", UUID.class).toString()),
                Owner.of(row.getString("user_id")),
                row.getObject("usage_day", LocalDate.class),
                row.getLong("success_count"),
                row.getLong("error_count"),
                Params.instantOf(row, "last_used_at")));
      }
    }
    return found;
  }

  @Override
  protected List<String> history() throws SQLException {
    return column("select reason from key_events order by id");
  }

  final List<String> column(String sql) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection c = connect();
        Statement s = c.createStatement();
        ResultSet row = s.executeQuery(sql)) {
      while (row.next()) found.add(row.getString(1));
    }
    return found;
  }

  final int execute(String sql) throws SQLException {
    try (Connection c = connect();
        Statement s = c.createStatement()) {
      return s.executeUpdate(sql);
    }
  }
}
