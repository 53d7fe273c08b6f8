package dev.latchkey.core.work;

import java.io.Closeable;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs what must not run on an application's thread: at most {@value #THREADS} daemon threads named
 * {@code latchkey-worker-N}, gone after 30 idle seconds, and at most {@value #WAITING} tasks in
 * line. Safe for use by many threads.
 */
public final class Workers implements Closeable {
  /** The most threads there are. */
  static final int THREADS = 8;

  /** The most tasks in line. */
  static final int WAITING = 1_000;

  private static final long LAST_TASK_MILLIS = 500;

  private final ThreadPoolExecutor pool;
  private final ScheduledThreadPoolExecutor timer;

  private Workers() {
    pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<Runnable>(WAITING),
            new DaemonThreads("latchkey-worker-"));
    pool.allowCoreThreadTimeOut(true);
    timer = new ScheduledThreadPoolExecutor(1, new DaemonThreads("latchkey-timer-"));
    timer.setRemoveOnCancelPolicy(true);
    timer.setKeepAliveTime(30, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
  }

  /** Starts with no thread at all. */
  public static Workers create() {
    return new Workers();
  }

  /**
   * Runs a task. Its result, its exception, or the fact that too many tasks wait already, completes
   * the future; this method never throws.
   */
  public <T> CompletableFuture<T> submit(Callable<T> task) {
    CompletableFuture<T> result = new CompletableFuture<>();
    orRefused(result, () -> pool.execute(() -> complete(result, task)));
    return result;
  }

  /** Like {@link #submit}, after a pause in which no thread waits. */
  public <T> CompletableFuture<T> later(Duration pause, Callable<T> task) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Runnable due = () -> orRefused(result, () -> pool.execute(() -> complete(result, task)));
    orRefused(result, () -> timer.schedule(due, pause.toMillis(), TimeUnit.MILLISECONDS));
    return result;
  }

  private static void orRefused(CompletableFuture<?> result, Runnable hand) {
    try {
      hand.run();
    } catch (RejectedExecutionException e) {
      result.completeExceptionally(
          new RejectedExecutionException(
              "Latchkey is shut down, or " + WAITING + " tasks wait already"));
    }
  }

  /**
   * A future that ends as the given one does, or with {@code otherwise} after that time; the given
   * one goes on.
   */
  public <T> CompletableFuture<T> within(CompletableFuture<T> future, Duration limit, T otherwise) {
    CompletableFuture<T> bounded = new CompletableFuture<>();
    Future<?> alarm =
        timer.schedule(() -> bounded.complete(otherwise), limit.toMillis(), TimeUnit.MILLISECONDS);
    future.whenComplete(
        (value, fault) -> {
          alarm.cancel(false);
          if (fault == null) bounded.complete(value);
          else bounded.completeExceptionally(fault);
        });
    return bounded;
  }

  /**
   * Stops taking tasks; those in line are dropped, those that run are interrupted after {@value
   * #LAST_TASK_MILLIS} ms. Not at once: one that is writing would close the embedded database's
   * file under everybody's feet.
   */
  @Override
  public void close() {
    timer.shutdownNow();
    pool.shutdown();
    pool.getQueue().clear();
    try {
      pool.awaitTermination(LAST_TASK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    pool.shutdownNow();
  }

  private static <T> void complete(CompletableFuture<T> result, Callable<T> task) {
    try {
      result.complete(task.call());
    } catch (Throwable t) {
      result.completeExceptionally(t);
    }
  }
}
