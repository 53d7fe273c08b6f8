package dev.latchkey.core.time;

import java.time.Instant;

/**
 * The wall clock and the ticker, injected so that tests own them.
 *
 * <p>The wall clock says when a key expires or a quota starts anew; it may jump either way. The
 * ticker measures how long something took or may still take; it never goes back. Implementations
 * are safe for use by many threads.
 */
public interface TimeSource {

  /** The wall clock's time. */
  Instant now();

  /** A ticker in nanoseconds with an arbitrary origin; only differences mean anything. */
  long nanoTime();

  /** The wall clock as milliseconds since the epoch; allocates nothing. */
  default long millis() {
    return now().toEpochMilli();
  }

  /** The machine's own clocks. */
  static TimeSource system() {
    return SystemTime.INSTANCE;
  }
}
