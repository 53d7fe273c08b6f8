package dev.latchkey.jdbc;

import dev.latchkey.core.store.StoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings the tables up to date, once for all processes that start together.
 *
 * <p>One query tells whether there is anything to do; usually there is not. Else a row lock of ours
 * lets one process in, which asks again and then runs Flyway: see RATIONALE.md, "How do ten JVMs
 * migrate once without advisory locks?".
 */
final class Migrations {
  private static final String HISTORY = "latchkey_schema_history";
  private static final String LOCK = "latchkey_schema_lock";
  private static final long PATIENCE_SECONDS = 60;

  private Migrations() {}

  /**
   * The connection that found the tables up to date, for what comes next: another one takes time,
   * and an embedded database is open only while one of its connections is.
   */
  static Connection run(Database database) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (true) {
      try {
        return upToDate(database);
      } catch (SQLException e) {
        boolean again = Failures.isCollision(e) || Failures.isHandOver(e);
        if (!again || System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
          throw Failures.describe("opening the key store", database.description(), e);
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
      }
    }
  }

  /** The version of the tables that are there. */
  static String version(Connection connection) throws SQLException {
    String sql =
        "select \"version\" from \""
            + HISTORY
            + "\" where \"success\" order by \"installed_rank\" desc limit 1";
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? rows.getString(1) : "none";
    }
  }

  private static Connection upToDate(Database database) throws SQLException {
    Connection connection = database.getConnection();
    try {
      if (!isDone(database, connection)) migrate(database, connection);
      return connection;
    } catch (SQLException | RuntimeException | Error e) {
      connection.close();
      throw e;
    }
  }

  /**
   * Asks for the table first: a statement that fails ends a transaction of PostgreSQL's, which a
   * container's connection may be in, and is noted in H2's trace file. What H2 tells of all its
   * tables comes slowly, though, and one that was made before has them.
   */
  private static boolean isDone(Database database, Connection connection) throws SQLException {
    return (database.wasMade() || exists(connection, HISTORY)) && isCurrent(connection);
  }

  /** Whether the newest script has run; that the table is not there is an answer, too. */
  private static boolean isCurrent(Connection connection) throws SQLException {
    String sql = "select 1 from \"" + HISTORY + "\" where \"version\" = ? and \"success\"";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, Scripts.latestVersion());
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    } catch (SQLException e) {
      if (Failures.isNoSuchTable(e)) return false;
      throw e;
    }
  }

  /** Whether the table is in the current schema; those after it in a search path are others'. */
  private static boolean exists(Connection connection, String table) throws SQLException {
    String sql =
        "select 1 from information_schema.tables where table_schema = current_schema"
            + " and lower(table_name) = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, table);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static void migrate(Database database, Connection lock) throws SQLException {
    makeLock(lock);
    lock.setAutoCommit(false);
    if (database.dialect() == Dialect.POSTGRES) execute(lock, "set local lock_timeout = '5s'");
    execute(lock, "select id from " + LOCK + " where id = 1 for update");
    if (database.isOurs() && !exists(lock, HISTORY)) make(database);
    if (!isDone(database, lock)) migrateAlone(database);
    lock.rollback();
    lock.setAutoCommit(true);
  }

  /** Several processes may make it at once; the loser's failure means that it is there. */
  private static void makeLock(Connection connection) throws SQLException {
    try {
      execute(connection, "create table if not exists " + LOCK + " (id integer primary key)");
    } catch (SQLException e) {
      if (!exists(connection, LOCK)) throw e;
    }
    execute(connection, "insert into " + LOCK + " values (1) on conflict do nothing");
  }

  private static void make(Database database) throws SQLException {
    try (Connection connection = database.getConnection()) {
      NewTables.make(connection);
    }
  }

  private static void migrateAlone(Database database) {
    try {
      flyway(database).migrate();
    } catch (FlywayException e) {
      throw failure(database, e);
    }
  }

  static Flyway flyway(Database database) {
    return Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(new Database(database.dialect(), "", () -> unlocked(database)))
        .resourceProvider(new Scripts(Migrations.class.getClassLoader()))
        .javaMigrationClassProvider(java.util.Collections::emptyList)
        .loggers(QuietLog.class.getName())
        .table(HISTORY)
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
   * A connection that grants Flyway's wish for an advisory lock without asking the server: we hold
   * our row lock, and neither poolers nor all databases with PostgreSQL's protocol have those. Of
   * H2 it wishes for none; and a proxy of so large an interface costs a start 30 ms.
   */
  private static Connection unlocked(Database database) throws SQLException {
    Connection real = database.getConnection();
    if (database.dialect() == Dialect.H2) return real;
    Class<?>[] types = {Connection.class};
    return (Connection)
        Proxy.newProxyInstance(
            Migrations.class.getClassLoader(),
            types,
            (proxy, method, args) -> {
              if (args != null && args.length > 0 && args[0] instanceof String) {
                args[0] = withoutAdvisoryLock((String) args[0]);
              }
              try {
                return method.invoke(real, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  static String withoutAdvisoryLock(String sql) {
    return sql.replaceAll("(pg_(?:try_)?advisory_\\w+)\\(-?\\d+\\)", "true as $1");
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
