package dev.latchkey.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.Closeable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** The connections: few, and none once nothing happens for {@link #IDLE}. */
final class Pool implements Closeable {
  static final Duration IDLE = Duration.ofSeconds(20);

  private static final long LAST_ROUND_SECONDS = 1;
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final ScheduledThreadPoolExecutor housekeeper;
  private final HikariDataSource connections;
  private final ScheduledFuture<?> lettingGo;
  private final Duration idle;
  private final Farewell farewell;
  private volatile long lastUsed = System.nanoTime();

  private Pool(Database database, int most, Duration idle, Farewell farewell) {
    this.idle = idle;
    this.farewell = farewell;
    String name = "latchkey-store-" + NUMBER.incrementAndGet();
    ThreadFactory threads = daemons(name);
    housekeeper = new ScheduledThreadPoolExecutor(1, threads);
    housekeeper.setRemoveOnCancelPolicy(true);
    housekeeper.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    connections = new HikariDataSource(config(database, most, name, threads));
    long period = idle.toMillis() / 4;
    lettingGo =
        housekeeper.scheduleWithFixedDelay(
            this::letGoIfIdle, period, period, TimeUnit.MILLISECONDS);
  }

  /** Opens no connection yet. */
  static Pool open(Database database, int most, Duration idle, Farewell farewell) {
    return new Pool(database, most, idle, farewell);
  }

  private HikariConfig config(Database database, int most, String name, ThreadFactory threads) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(database);
    config.setMaximumPoolSize(most);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(CONNECT.toMillis());
    // A database that is down when we start is no reason to fail here: each operation tells.
    config.setInitializationFailTimeout(-1);
    config.setRegisterMbeans(false);
    config.setThreadFactory(threads);
    config.setScheduledExecutor(housekeeper);
    return config;
  }

  /** A connection to be closed soon; waits for it at most {@link #CONNECT}. */
  Connection take() throws SQLException {
    lastUsed = System.nanoTime();
    return connections.getConnection();
  }

  /** Gives a connection back that must not be used again. */
  void discard(Connection connection) {
    connections.evictConnection(connection);
  }

  /** How many connections there are. */
  int size() {
    return connections.getHikariPoolMXBean().getTotalConnections();
  }

  /**
   * HikariCP looks for idle connections every 30 s, so they would live up to 40 s; the setting for
   * that is a system property, and those belong to the application.
   */
  private void letGoIfIdle() {
    boolean quiet = System.nanoTime() - lastUsed > idle.toNanos();
    if (quiet && size() > 0) {
      farewell.around(connections.getHikariPoolMXBean()::softEvictConnections);
    }
  }

  @Override
  public void close() {
    awaitLettingGo();
    if (size() > 0) farewell.around(connections::close);
    else connections.close();
    housekeeper.shutdown(); // Last: HikariCP loses a new connection whose end it cannot schedule.
  }

  /** What is being let go of just now is, in order: an interrupt would break H2's file. */
  private void awaitLettingGo() {
    try {
      housekeeper.submit(() -> lettingGo.cancel(false)).get(LAST_ROUND_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
      // It was closed before, or hangs: then it is not waited for.
    }
  }

  static ThreadFactory daemons(String name) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
      thread.setDaemon(true);
      thread.setContextClassLoader(Pool.class.getClassLoader());
      return thread;
    };
  }
}
