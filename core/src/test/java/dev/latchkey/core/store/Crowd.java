package dev.latchkey.core.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/** Many threads that start through one gate, and waiting that ends. */
public final class Crowd {
  private static final long PATIENCE_SECONDS = 60;

  private Crowd() {}

  /** Runs task 0 to {@code size - 1} at once, each in a thread of its own; their answers. */
  public static <T> List<T> run(int size, IntFunction<Callable<T>> tasks) throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(size);
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        Callable<T> task = tasks.apply(i);
        futures.add(threads.submit(() -> afterOpening(gate, task)));
      }
      gate.countDown();
      List<T> answers = new ArrayList<>();
      for (Future<T> future : futures) answers.add(future.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
      return answers;
    } finally {
      threads.shutdownNow();
    }
  }

  /** Comes back when the condition holds. */
  public static void await(String what, BooleanSupplier condition) {
    await(what, PATIENCE_SECONDS, condition);
  }

  /** Comes back when the condition holds; an AssertionError after so many seconds. */
  public static void await(String what, long seconds, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end)
        throw new AssertionError("not within " + seconds + " s: " + what);
      java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  private static <T> T afterOpening(CountDownLatch gate, Callable<T> task) throws Exception {
    gate.await();
    return task.call();
  }
}
