package dev.latchkey.agent.forked.carry;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** An application that leaves tasks behind in every state when it is undeployed. */
public final class Deployed implements Callable<Integer> {
  private final CountDownLatch gate = new CountDownLatch(1);

  /** Made by reflection, in a loader of its own. */
  public Deployed() {}

  @Override
  public Integer call() throws Exception {
    boolean right = User.does("alice", this::work);
    return right && User.now().equals("null") ? 1 : 0;
  }

  private boolean work() throws Exception {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    boolean right = pool.submit(User::now).get().equals("alice");
    right &= ForkJoinPool.commonPool().submit(User::now).get().equals("alice");
    leave(pool, timer);
    pool.shutdownNow();
    timer.shutdownNow();
    reject(pool);
    return right
        && pool.awaitTermination(20, TimeUnit.SECONDS)
        && timer.awaitTermination(20, TimeUnit.SECONDS);
  }

  private void leave(ThreadPoolExecutor pool, ScheduledExecutorService timer) throws Exception {
    pool.execute(this::untilInterrupted);
    pool.execute(this::untilInterrupted);
    pool.submit(this::untilInterrupted).cancel(false);
    timer.schedule(this::untilInterrupted, 1, TimeUnit.HOURS);
    new CompletableFuture<String>().thenRunAsync(this::untilInterrupted, pool);
    CompletableFuture.supplyAsync(User::now).get();
    ExecutorService virtual = virtual();
    if (virtual != null) virtual.submit(User::now).get();
  }

  private void reject(ThreadPoolExecutor pool) {
    try {
      pool.execute(this::untilInterrupted);
      throw new IllegalStateException("the pool has taken a task although it is shut down");
    } catch (RejectedExecutionException asItShould) {
      // Nothing of it may stay.
    }
  }

  private void untilInterrupted() {
    try {
      gate.await();
    } catch (InterruptedException undeployed) {
      Thread.currentThread().interrupt();
    }
  }

  private static ExecutorService virtual() {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException olderJava) {
      return null;
    }
  }
}
