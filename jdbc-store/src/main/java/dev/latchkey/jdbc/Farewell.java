package dev.latchkey.jdbc;

import dev.latchkey.core.crypto.Sealer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What is done while connections are let go: whoever closes the embedded database keeps its {@link
 * LastRows}. Where that fails, the next start takes a little longer.
 */
final class Farewell {
  private static final String OTHERS =
      "select count(*) - 1, count(server) from information_schema.sessions";

  /** For HikariCP, which closes what is idle on a thread of its own. */
  private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final Database database;
  private final Sealer sealer;

  Farewell(Database database, Sealer sealer) {
    this.database = database;
    this.sealer = sealer;
  }

  /** Runs that, which lets go of all connections there are. */
  void around(Runnable letGo) {
    LastRows last = database.lastRows();
    Connection own = last != null && mayClose(last) ? connect() : null;
    try {
      letGo.run();
    } finally {
      if (last != null && own != null) close(own, last);
    }
  }

  /**
   * Another process's database would be that process's to close, if it still lives; and an
   * interrupted thread would break the database's file.
   */
  private static boolean mayClose(LastRows last) {
    return last.isOpenHere() && !Thread.currentThread().isInterrupted();
  }

  private @Nullable Connection connect() {
    try {
      return database.getConnection();
    } catch (SQLException | RuntimeException | LinkageError e) {
      return null;
    }
  }

  /** Closes the last connection, and so the database. */
  private void close(Connection own, LastRows last) {
    Path next = null;
    try {
      String rows;
      try (Connection c = own) {
        next = last.begin();
        rows = isAlone(c) ? RowSnapshot.read(c, sealer) : null;
      }
      if (rows != null) last.keep(next, rows);
    } catch (SQLException | IOException | RuntimeException | LinkageError e) {
      // None are kept. At the end of a process even classes may be gone.
    } finally {
      delete(next);
    }
  }

  private static void delete(@Nullable Path next) {
    try {
      if (next != null) Files.deleteIfExists(next);
    } catch (IOException e) {
      // The next who connects does.
    }
  }

  private static boolean isAlone(Connection c) throws SQLException {
    long end = System.nanoTime() + LONGEST_NANOS;
    try (Statement s = c.createStatement()) {
      while (true) {
        try (ResultSet row = s.executeQuery(OTHERS)) {
          row.next();
          if (row.getInt(1) == 0) return true;
          boolean ofOtherProcesses = row.getInt(2) > 0;
          if (ofOtherProcesses || System.nanoTime() - end > 0) return false;
        }
        LockSupport.parkNanos(LOOK_NANOS);
      }
    }
  }
}
