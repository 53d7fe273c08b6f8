package dev.latchkey.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;

class PostgresStoreTest extends TableContract {
  private static String url = "";

  @BeforeAll
  static void newDatabase() {
    url = TestPostgres.shared().newDatabase();
    open(url, SEALER).close();
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
