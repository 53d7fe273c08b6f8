package dev.latchkey.jdbc;

import dev.latchkey.core.store.StoreException;
import java.io.Closeable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Runs work on a pooled connection and turns every failure into a {@link StoreException}.
 *
 * <ul>
 *   <li>A transaction lasts for one call, at most {@value #LONGEST_SECONDS} s, bounded here and on
 *       the server.
 *   <li>Work that collided with another transaction was rolled back and runs again, at most {@value
 *       #MOST_COLLISIONS} times.
 *   <li>While an embedded database is handed over to another process, work runs again, too, for
 *       some seconds: what was done but not acknowledged may then be done twice, so work must bear
 *       that.
 * </ul>
 */
final class Transactor implements Closeable {
  static final String CHANNEL = "latchkey_keys";

  /** See {@link ChangeFeed#OVERLAP_SECONDS}. */
  static final int LONGEST_SECONDS = 8;

  private static final int LOCK_SECONDS = 3;
  private static final int COLLISION_SECONDS = 10;

  private final Database database;
  private final Pool pool;
  private final boolean notifies;

  private Transactor(Database database, boolean notifies, Farewell farewell) {
    this.database = database;
    this.notifies = notifies;
    pool = Pool.open(database, notifies ? 1 : 2, Pool.IDLE, farewell);
  }

  /** With its first connection; at most two, the one that listens included. */
  static Transactor open(Database database, boolean notifies, Farewell farewell) {
    Transactor transactor = new Transactor(database, notifies, farewell);
    try {
      transactor.read("opening the key store", c -> c);
      return transactor;
    } catch (RuntimeException | Error e) {
      transactor.close();
      throw e;
    }
  }

  /** Some statements on one connection. */
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  Database database() {
    return database;
  }

  /** Runs a single statement, without a transaction around it. */
  <T> T read(String what, Work<T> work) {
    return repeat(what, work);
  }

  /** Runs work in one transaction. */
  <T> T write(String what, Work<T> work) {
    return write(what, always -> true, work);
  }

  /** Runs work in one transaction that is rolled back unless the answer is worth keeping. */
  <T> T write(String what, Predicate<T> keep, Work<T> work) {
    return repeat(what, c -> inTransaction(c, keep, work, false));
  }

  /** As {@link #write}, for work that changes keys: who listens is told when it commits. */
  <T> T change(String what, Predicate<T> keep, Work<T> work) {
    return repeat(what, c -> inTransaction(c, keep, work, notifies));
  }

  @Override
  public void close() {
    pool.close();
  }

  private <T> T inTransaction(Connection c, Predicate<T> keep, Work<T> work, boolean tell)
      throws SQLException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
    c.setAutoCommit(false);
    boolean committed = false;
    try {
      database.dialect().limit(c, LOCK_SECONDS);
      T answer = work.on(c);
      if (!keep.test(answer)) return answer;
      if (tell) database.dialect().tell(c, CHANNEL);
      if (System.nanoTime() > end) throw new SQLException("this process stood still", "57014");
      c.commit();
      committed = true;
      return answer;
    } finally {
      if (!committed) rollback(c);
    }
  }

  private static void rollback(Connection c) {
    try {
      c.rollback();
    } catch (SQLException e) {
      // The connection is broken, so the server rolls back; the first failure is the one to tell.
    }
  }

  private <T> T repeat(String what, Work<T> work) {
    long began = System.nanoTime();
    while (true) {
      try {
        return once(work);
      } catch (SQLException e) {
        if (!isWorthAnotherTry(e, System.nanoTime() - began)
            || Thread.currentThread().isInterrupted()) {
          throw Failures.describe(what, database.description(), e);
        }
        pause();
      }
    }
  }

  private boolean isWorthAnotherTry(SQLException e, long elapsedNanos) {
    if (Failures.isCollision(e)) return elapsedNanos < TimeUnit.SECONDS.toNanos(COLLISION_SECONDS);
    return Failures.isHandOver(e) && elapsedNanos < database.patience().toNanos();
  }

  private <T> T once(Work<T> work) throws SQLException {
    Connection connection = pool.take();
    boolean dead = false;
    try {
      return work.on(connection);
    } catch (SQLException e) {
      // The pool knows PostgreSQL's signs of a dead connection, not H2's.
      dead = Failures.isHandOver(e);
      throw e;
    } finally {
      // One that was discarded must not be closed: HikariCP would reset what is no longer there.
      if (dead) pool.discard(connection);
      else close(connection);
    }
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // The pool has thrown it away.
    }
  }

  private static void pause() {
    long millis = ThreadLocalRandom.current().nextLong(5, 100);
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
