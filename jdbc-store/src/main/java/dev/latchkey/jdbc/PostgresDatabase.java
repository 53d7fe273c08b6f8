package dev.latchkey.jdbc;

import dev.latchkey.core.key.Secret;
import dev.latchkey.core.key.SecretAccess;
import dev.latchkey.core.store.StoreException;
import dev.latchkey.core.store.StoreSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** PostgreSQL by a {@code jdbc:postgresql:} URL, whose own parameters win over ours. */
final class PostgresDatabase {
  private static final String PREFIX = "jdbc:postgresql:";

  private PostgresDatabase() {}

  static boolean accepts(String url) {
    return url.startsWith(PREFIX);
  }

  static Database of(StoreSettings settings) {
    Properties defaults = properties(settings.username(), settings.password());
    Properties all = Driver.parseURL(settings.url(), defaults);
    if (all == null) {
      throw new StoreException(
          "store.url is no PostgreSQL URL; it looks like jdbc:postgresql://HOST:PORT/DATABASE");
    }
    Driver driver = driver();
    return new Database(
        Dialect.POSTGRES, describe(all), () -> connect(driver, settings.url(), defaults));
  }

  private static Properties properties(@Nullable String user, @Nullable Secret password) {
    Properties p = new Properties();
    if (user != null) PGProperty.USER.set(p, user);
    if (password != null) PGProperty.PASSWORD.set(p, password.reveal(SecretAccess.granted()));
    PGProperty.APPLICATION_NAME.set(p, "latchkey");
    PGProperty.CONNECT_TIMEOUT.set(p, 5);
    PGProperty.SOCKET_TIMEOUT.set(p, 10);
    PGProperty.TCP_KEEP_ALIVE.set(p, true);
    // A pooler in transaction mode gives each transaction another server connection, which does
    // not know the statements that were prepared by name on the last one.
    PGProperty.PREPARE_THRESHOLD.set(p, 0);
    // The server's details quote rows.
    PGProperty.LOG_SERVER_ERROR_DETAIL.set(p, false);
    return p;
  }

  /**
   * The driver registers itself when it is loaded. Inside an agent or a web application, our copy
   * is nobody else's: it is taken off the JVM's list, which would keep our loader alive.
   */
  private static synchronized Driver driver() {
    loadCleaner();
    try {
      Driver driver = new Driver();
      if (Database.isOurCopy(Driver.class) && Driver.isRegistered()) Driver.deregister();
      return driver;
    } catch (SQLException e) {
      throw new StoreException("the PostgreSQL driver cannot be used: " + e.getMessage(), e);
    }
  }

  /**
   * The driver cleans up in a task on the JVM's common pool, which may come to run only after our
   * undeploy: all that it needs has to be loaded by then.
   */
  private static void loadCleaner() {
    ClassLoader ours = Driver.class.getClassLoader();
    for (String part : new String[] {"", "$Node", "$RefQueueBlocker", "$CleanableWrapper"}) {
      try {
        Class.forName("org.postgresql.util.LazyCleanerImpl" + part, false, ours);
      } catch (ClassNotFoundException e) {
        // Not every build of the driver has each of them.
      }
    }
  }

  private static Connection connect(Driver driver, String url, Properties defaults)
      throws SQLException {
    Connection connection = driver.connect(url, defaults);
    if (connection == null) throw new SQLException("no PostgreSQL URL", "08001");
    return connection;
  }

  private static String describe(Properties url) {
    String host = PGProperty.PG_HOST.getOrDefault(url);
    String port = PGProperty.PG_PORT.getOrDefault(url);
    String where = host == null ? "localhost" : host;
    if (where.indexOf(',') < 0) where += ":" + port;
    return "PostgreSQL at " + where + "/" + PGProperty.PG_DBNAME.getOrDefault(url);
  }
}
