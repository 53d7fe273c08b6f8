package dev.latchkey.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The connections: few, and none while nothing happens. */
final class Pool {
  /** HikariCP takes no less. */
  static final Duration IDLE = Duration.ofSeconds(10);

  /** HikariCP looks for idle connections every 30 s, which would let them live up to 40 s. */
  private static final Duration HOUSEKEEPING = Duration.ofSeconds(5);

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private Pool() {}

  static HikariDataSource open(Database database, int most) {
    HikariConfig config = new HikariConfig();
    String name = "latchkey-store-" + NUMBER.incrementAndGet();
    config.setPoolName(name);
    config.setDataSource(database);
    config.setMaximumPoolSize(most);
    config.setMinimumIdle(0);
    config.setIdleTimeout(IDLE.toMillis());
    config.setConnectionTimeout(CONNECT.toMillis());
    // A database that is down when we start is no reason to fail here: each operation tells.
    config.setInitializationFailTimeout(-1);
    config.setRegisterMbeans(false);
    ThreadFactory threads = daemons(name);
    config.setThreadFactory(threads);
    config.setScheduledExecutor(new Housekeeper(threads));
    return new HikariDataSource(config);
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

  /**
   * Runs HikariCP's periodic work more often than HikariCP asks for. Its own setting for that is a
   * system property of the whole JVM, which is the application's.
   */
  private static final class Housekeeper extends ScheduledThreadPoolExecutor {
    Housekeeper(ThreadFactory threads) {
      super(1, threads);
      setRemoveOnCancelPolicy(true);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(
        Runnable task, long first, long delay, TimeUnit unit) {
      long most = unit.convert(HOUSEKEEPING.toMillis(), TimeUnit.MILLISECONDS);
      return super.scheduleWithFixedDelay(task, first, Math.min(delay, most), unit);
    }
  }
}
