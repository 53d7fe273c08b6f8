package dev.latchkey.agent.forked.carry;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A pool's queue and its hooks show the application its own objects. */
final class QueueWork {
  private QueueWork() {}

  static void tryAll() {
    Report.line("queue holds", () -> User.does("alice", QueueWork::holds));
    Report.line("removed", () -> User.does("alice", QueueWork::removed));
    Report.line("cancelled", () -> User.does("alice", QueueWork::cancelled));
    Report.line("hooks see", () -> User.does("alice", QueueWork::hooks));
    Report.line("caller runs", () -> User.does("alice", QueueWork::callerRuns));
    Report.line("rejected", QueueWork::rejected);
    Report.line("handler sees", () -> User.does("alice", QueueWork::handlerSees));
    Report.line("shut down", () -> User.does("alice", QueueWork::shutDown));
  }

  private static String holds() {
    try (Blocked pool = new Blocked(new ThreadPoolExecutor.AbortPolicy())) {
      Own task = new Own();
      pool.execute(task);
      return (pool.getQueue().peek() == task) + "," + pool.getQueue().contains(task);
    }
  }

  private static String removed() {
    try (Blocked pool = new Blocked(new ThreadPoolExecutor.AbortPolicy())) {
      Own task = new Own();
      pool.execute(task);
      return pool.remove(task) + "," + pool.getQueue().size();
    }
  }

  private static String cancelled() {
    try (Blocked pool = new Blocked(new ThreadPoolExecutor.AbortPolicy())) {
      Future<?> future = pool.submit(new Own());
      boolean instance = pool.getQueue().peek() instanceof FutureTask;
      boolean same = pool.getQueue().peek() == future;
      boolean cancelled = future.cancel(true);
      pool.purge();
      return instance + "," + same + "," + cancelled + "," + pool.getQueue().size();
    }
  }

  private static String hooks() {
    try (Blocked pool = new Blocked(new ThreadPoolExecutor.AbortPolicy())) {
      Own task = new Own();
      pool.execute(task);
      pool.gate.countDown();
      Report.await(task.done);
      pool.shutdown();
      if (!pool.awaitTermination(20, TimeUnit.SECONDS)) return "still running";
      boolean both = pool.before.contains(task) && pool.after.contains(task);
      return both + "," + task.who;
    } catch (InterruptedException e) {
      return e.toString();
    }
  }

  private static String callerRuns() {
    try (Blocked pool = new Blocked(new ThreadPoolExecutor.CallerRunsPolicy())) {
      pool.execute(new Own());
      Own task = new Own();
      pool.execute(task);
      return task.who + "," + User.now();
    }
  }

  private static String rejected() throws Exception {
    try (Blocked pool = new Blocked(new ThreadPoolExecutor.AbortPolicy())) {
      pool.execute(new Own());
      Own task = new Own();
      boolean refused = User.does("alice", () -> isRefused(pool, task));
      pool.getQueue().clear();
      User.does("bob", () -> isRefused(pool, task));
      pool.gate.countDown();
      Report.await(task.done);
      return refused + "," + task.who;
    }
  }

  private static boolean isRefused(Blocked pool, Own task) {
    try {
      pool.execute(task);
      return false;
    } catch (RejectedExecutionException e) {
      return true;
    }
  }

  private static boolean handlerSees() {
    List<Runnable> seen = new ArrayList<>();
    try (Blocked pool = new Blocked((task, executor) -> seen.add(task))) {
      pool.execute(new Own());
      Own task = new Own();
      pool.execute(task);
      return seen.size() == 1 && seen.get(0) == task;
    }
  }

  private static boolean shutDown() {
    try (Blocked pool = new Blocked(new ThreadPoolExecutor.AbortPolicy())) {
      Own task = new Own();
      pool.execute(task);
      List<Runnable> left = pool.shutdownNow();
      return left.size() == 1 && left.get(0) == task;
    }
  }

  /** A task of the application's whose own methods nobody may call but {@code run}. */
  private static final class Own implements Runnable {
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile String who = "not run";

    @Override
    public void run() {
      who = User.now();
      done.countDown();
    }

    @Override
    public int hashCode() {
      for (StackTraceElement at : new Throwable().getStackTrace()) {
        if (at.getClassName().contains("atchkey.agent.propagate")) {
          throw new IllegalStateException("nobody asked for my hash code");
        }
      }
      return 1;
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }
  }

  /** One thread that is busy until the gate opens, and room for one more task. */
  private static final class Blocked extends ThreadPoolExecutor implements AutoCloseable {
    private final CountDownLatch gate = new CountDownLatch(1);
    private final List<Runnable> before = java.util.Collections.synchronizedList(new ArrayList<>());
    private final List<Runnable> after = java.util.Collections.synchronizedList(new ArrayList<>());

    Blocked(RejectedExecutionHandler handler) {
      super(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1), handler);
      execute(this::untilTheGateOpens);
    }

    private void untilTheGateOpens() {
      try {
        gate.await();
      } catch (InterruptedException shutDown) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    protected void beforeExecute(Thread thread, Runnable task) {
      before.add(task);
    }

    @Override
    protected void afterExecute(Runnable task, Throwable fault) {
      after.add(task);
    }

    @Override
    public void close() {
      gate.countDown();
      shutdownNow();
    }
  }
}
