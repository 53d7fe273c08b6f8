package dev.latchkey.jdbc;

import dev.latchkey.core.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Brings the tables up to date, once for all processes that start together.
 *
 * <p>One query tells whether there is anything to do; usually there is not. Else a row lock of ours
 * lets one process in, which asks again and then runs Flyway: see RATIONALE.md, "How do ten JVMs
 * migrate once without advisory locks?".
 */
final class Migrations {
  static final String HISTORY = "latchkey_schema_history";
  private static final String LOCK = "latchkey_schema_lock";
  private static final long PATIENCE_SECONDS = 60;

  private Migrations() {}

  /**
   * The connection that found the tables up to date, for what comes next: another one takes time,
   * and an embedded database is open only while one of its connections is.
   *
   * @param makes whether to make what is missing, rather than throw a {@link StoreException}
   */
  static Connection run(Database database, boolean makes) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (true) {
      try {
        return upToDate(database, makes);
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

  private static Connection upToDate(Database database, boolean makes) throws SQLException {
    Connection connection = database.getConnection();
    try {
      if (isDone(database, connection)) return connection;
      if (!makes) throw notMade(database);
      migrate(database, connection);
      return connection;
    } catch (SQLException | RuntimeException | Error e) {
      connection.close();
      throw e;
    }
  }

  private static StoreException notMade(Database database) {
    return new StoreException(
        database.description()
            + ": the tables are not there, or are of an older version, and a dry run makes none");
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
    if (!isDone(database, lock)) FlywayRun.on(database);
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

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
