package dev.latchkey.core.store;

import dev.latchkey.core.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps callers from waiting for a table that is gone: after a failure, one caller a second tries,
 * the others fail at once. Tells of the first failure and of the recovery, once each. Safe for use
 * by many threads.
 */
final class Breaker {
  private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

  private final TimeSource time;
  private final Listener listener;
  private final AtomicLong retryAt = new AtomicLong();
  private volatile @Nullable String down;

  /** Hears of changes, never of repetitions. */
  interface Listener {
    void lost(String reason);

    void recovered();
  }

  Breaker(TimeSource time, Listener listener) {
    this.time = time;
    this.listener = listener;
  }

  <T> T run(Supplier<T> operation) {
    if (!mayTry()) throw new StoreException(down + " (trying again within a second)");
    T result;
    try {
      result = operation.get();
    } catch (StoreException e) {
      trip(String.valueOf(e.getMessage()));
      throw e;
    }
    reset();
    return result;
  }

  boolean isDown() {
    return down != null;
  }

  void trip(String reason) {
    boolean first;
    synchronized (this) {
      first = down == null;
      down = reason;
      retryAt.set(time.nanoTime() + PAUSE_NANOS);
    }
    if (first) listener.lost(reason);
  }

  private void reset() {
    if (down == null) return;
    boolean last;
    synchronized (this) {
      last = down != null;
      down = null;
    }
    if (last) listener.recovered();
  }

  private boolean mayTry() {
    if (down == null) return true;
    long now = time.nanoTime();
    long due = retryAt.get();
    return now - due >= 0 && retryAt.compareAndSet(due, now + PAUSE_NANOS);
  }
}
