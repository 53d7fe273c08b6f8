package dev.latchkey.jdbc;

import dev.latchkey.core.store.StoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * Has Flyway bring the tables up to date, over one connection: it would open two, and with the one
 * that holds our row lock a process would have three. It gets the same one each time, and closing
 * it is for us to do.
 */
final class FlywayRun {
  private FlywayRun() {}

  /** For the holder of the row lock; throws a {@link StoreException} that says what is wrong. */
  static void on(Database database) throws SQLException {
    try (Connection only = database.getConnection()) {
      flyway(database.dialect(), only).migrate();
    } catch (FlywayException e) {
      throw failure(database, e);
    }
  }

  static Flyway flyway(Dialect dialect, Connection only) {
    ClassLoader ours = FlywayRun.class.getClassLoader();
    return Flyway.configure(ours)
        .dataSource(new Database(dialect, "", () -> lent(only)))
        .resourceProvider(new Scripts(ours))
        .javaMigrationClassProvider(Collections::emptyList)
        .loggers(QuietLog.class.getName())
        .table(Migrations.HISTORY)
        // The schema may hold the application's own tables, and its own Flyway's history.
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load();
  }

  private static StoreException failure(Database database, FlywayException e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof SQLException) {
        String what = "making the tables of the key store";
        return Failures.describe(what, database.description(), (SQLException) t);
      }
    }
    return new StoreException("making the tables failed: " + database.description(), e);
  }

  /**
   * The connection as Flyway gets it. It does not close it, and its wish for an advisory lock is
   * granted without asking the server: we hold our row lock, and neither poolers nor all databases
   * with PostgreSQL's protocol have those.
   */
  private static Connection lent(Connection only) {
    return (Connection)
        Proxy.newProxyInstance(
            FlywayRun.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, args) -> call(only, method, args));
  }

  private static @Nullable Object call(Connection only, Method method, Object @Nullable [] args)
      throws Throwable {
    if (method.getName().equals("close")) return null;
    if (args != null && args.length > 0 && args[0] instanceof String) {
      args[0] = withoutAdvisoryLock((String) args[0]);
    }
    try {
      return method.invoke(only, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  static String withoutAdvisoryLock(String sql) {
    return sql.replaceAll("(pg_(?:try_)?advisory_\\w+)\\(-?\\d+\\)", "true as $1");
  }
}
