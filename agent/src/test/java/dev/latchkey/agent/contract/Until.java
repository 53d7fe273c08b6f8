package dev.latchkey.agent.contract;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for a condition, bounded. */
final class Until {
  private Until() {}

  /** Returns as soon as it is true; fails after 20 seconds. */
  static void isTrue(String what, Callable<Boolean> condition) throws Exception {
    isTrue(what, 20, condition);
  }

  /** The same with another bound. */
  static void isTrue(String what, int seconds, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!condition.call()) {
      if (System.nanoTime() > end) throw new AssertionError("never came true: " + what);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }
}
