package dev.latchkey.jdbc;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.store.KeyStore;
import dev.latchkey.core.store.StoreException;
import dev.latchkey.core.store.StoreSettings;
import dev.latchkey.core.time.TimeSource;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** The contract over connections that somebody else gives out. */
class ContainerStoreTest extends JdbcStoreContract {
  private static String url = "";

  @BeforeAll
  static void newDatabase() {
    url = TestPostgres.shared().newDatabase();
    over(source()).close();
  }

  @Override
  protected KeyStore open() {
    return over(source());
  }

  @Test
  void databaseThatCannotHoldTheKeysIsNamed() {
    DatabaseMetaData other = answering(DatabaseMetaData.class, "getDatabaseProductName", "MySQL");
    Connection connection = answering(Connection.class, "getMetaData", other);
    DataSource source = answering(DataSource.class, "getConnection", connection);
    assertThatThrownBy(() -> over(source))
        .isInstanceOf(StoreException.class)
        .hasMessage("data source jdbc/keys is MySQL; PostgreSQL and H2 can hold the keys");
  }

  @Test
  void sourceThatGivesNoConnectionIsNamed() {
    PGSimpleDataSource nowhere = new PGSimpleDataSource();
    nowhere.setUrl("jdbc:postgresql://127.0.0.1:1/keys");
    assertThatThrownBy(() -> over(nowhere))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("data source jdbc/keys");
  }

  @Override
  String url() {
    return url;
  }

  @Override
  Connection connect() throws SQLException {
    return DriverManager.getConnection(url);
  }

  private static DataSource source() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    return source;
  }

  private static KeyStore over(DataSource source) {
    StoreSettings settings =
        StoreSettings.of("memory", null, null, true, () -> SEALER, TimeSource.system());
    return new JdbcKeyStoreProvider().open(settings.over(source, "jdbc/keys"));
  }

  private static <T> T answering(Class<T> type, String method, Object answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, called, arguments) -> called.getName().equals(method) ? answer : null));
  }
}
