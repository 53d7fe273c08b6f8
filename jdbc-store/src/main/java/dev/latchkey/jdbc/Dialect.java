package dev.latchkey.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The little in which the two databases differ; all other SQL is the same text on both. */
enum Dialect {
  /** PostgreSQL, and what speaks its protocol. */
  POSTGRES {
    @Override
    void limit(Connection connection, int lockSeconds) throws SQLException {
      execute(
          connection,
          "set local lock_timeout = '"
              + lockSeconds
              + "s'; set local statement_timeout = '"
              + (lockSeconds + 2)
              + "s'; set local idle_in_transaction_session_timeout = '5s'");
    }

    @Override
    void tell(Connection connection, String channel) throws SQLException {
      execute(connection, "notify " + channel);
    }
  },
  /** H2, embedded; its lock limit is part of the URL. */
  H2 {
    @Override
    void limit(Connection connection, int lockSeconds) {}

    @Override
    void tell(Connection connection, String channel) {}
  };

  /** A number of milliseconds as a parameter, on both databases. */
  static final String MILLIS = "cast(? as bigint) * interval '0.001' second";

  /**
   * Bounds the transaction that has just begun on the server's side too, so that a process which
   * stops in the middle of it holds up nobody and its change becomes visible soon or never. Lasts
   * for this transaction only: no session state, so a pooler may hand the connection on.
   */
  abstract void limit(Connection connection, int lockSeconds) throws SQLException;

  /** Wakes who listens on the channel once the transaction commits. */
  abstract void tell(Connection connection, String channel) throws SQLException;

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
