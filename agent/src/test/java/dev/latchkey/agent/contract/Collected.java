package dev.latchkey.agent.contract;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for the garbage collector, bounded. */
final class Collected {
  private static final int LONGEST_SECONDS = 150;

  private Collected() {}

  /** Returns when all are gone, or after the bound. */
  static void all(List<? extends WeakReference<?>> references) {
    within(LONGEST_SECONDS, references);
  }

  static void within(int seconds, List<? extends WeakReference<?>> references) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < end && references.stream().anyMatch(each -> each.get() != null)) {
      System.gc();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
    }
  }
}
