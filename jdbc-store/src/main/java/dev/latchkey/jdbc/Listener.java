package dev.latchkey.jdbc;

import java.io.Closeable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits on a connection of its own for PostgreSQL's notifications, and connects again when it is
 * lost, after a pause that doubles from 1 s to 30 s. Listening is a matter of the session, so the
 * URL must lead to the server itself or to a pooler in session mode; behind a pooler in transaction
 * mode nothing is heard and polling does all the work. Does nothing unless switched on.
 */
final class Listener implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger("latchkey.store");
  private static final int WAIT_MILLIS = 5_000;
  private static final long LONGEST_PAUSE_MILLIS = 30_000;

  private final Database database;
  private final boolean enabled;
  private final List<Runnable> told = new CopyOnWriteArrayList<>();
  private @Nullable Thread thread;
  private volatile boolean closed;

  Listener(Database database, boolean enabled) {
    this.database = database;
    this.enabled = enabled;
  }

  synchronized void add(Runnable onChange) {
    if (!enabled || closed) return;
    told.add(onChange);
    if (thread != null) return;
    thread = Pool.daemons("latchkey-store-listen").newThread(this::run);
    thread.start();
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (thread != null) thread.interrupt();
  }

  private void run() {
    long pause = 1_000;
    while (!closed) {
      try (Connection connection = database.getConnection()) {
        listen(connection);
        pause = 1_000;
        while (!closed) hear(connection);
      } catch (SQLException e) {
        LOG.debug("listening for changes is interrupted: {}", e.toString());
        pause(pause);
        pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
      }
    }
  }

  private void listen(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("listen " + Transactor.CHANNEL);
    }
    // What happened while nobody listened.
    tell();
  }

  private void hear(Connection connection) throws SQLException {
    Object[] heard = connection.unwrap(PGConnection.class).getNotifications(WAIT_MILLIS);
    if (heard != null && heard.length > 0) {
      tell();
    } else if (!closed && !connection.isValid(5)) {
      throw new SQLException("the connection is dead", "08006");
    }
  }

  private void tell() {
    for (Runnable one : told) {
      try {
        one.run();
      } catch (RuntimeException e) {
        LOG.warn("a change was not taken over: {}", e.toString());
      }
    }
  }

  private void pause(long millis) {
    long jittered = ThreadLocalRandom.current().nextLong(millis / 2, millis);
    if (!closed) LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(jittered));
  }
}
