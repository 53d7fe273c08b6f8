package dev.latchkey.jdbc;

import dev.latchkey.core.store.StoreSettings;
import dev.latchkey.core.time.TimeSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class H2StoreTest extends TableContract {
  @TempDir static Path folder;
  private static Database database;
  private static Connection keepsItOpen;

  @BeforeAll
  static void makeTables() throws SQLException {
    String url = "h2:" + folder;
    open(url, SEALER).close();
    database =
        H2Database.of(StoreSettings.of(url, null, null, false, () -> SEALER, TimeSource.system()));
    keepsItOpen = database.getConnection();
  }

  @AfterAll
  static void close() throws SQLException {
    keepsItOpen.close();
  }

  @Override
  String url() {
    return "h2:" + folder;
  }

  @Override
  Connection connect() throws SQLException {
    return database.getConnection();
  }
}
