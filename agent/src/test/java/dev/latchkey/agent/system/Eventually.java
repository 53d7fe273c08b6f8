package dev.latchkey.agent.system;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for what others do, looking again every few milliseconds, never longer than a bound. */
final class Eventually {
  private static final long LOOK_AGAIN = TimeUnit.MILLISECONDS.toNanos(25);

  private Eventually() {}

  /** Returns as soon as the condition holds; throws an {@link AssertionError} at the bound. */
  static void within(Duration bound, String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + bound.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("not within " + bound.toMillis() + " ms: " + what);
      }
      LockSupport.parkNanos(LOOK_AGAIN);
    }
  }
}
