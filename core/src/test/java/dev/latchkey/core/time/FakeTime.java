package dev.latchkey.core.time;

import java.time.Duration;
import java.time.Instant;

/** Clocks that stand still until a test moves them. Safe for use by many threads. */
public final class FakeTime implements TimeSource {
  private Instant now;
  private long nanos = 1_000_000_000L;

  private FakeTime(Instant start) {
    now = start;
  }

  /** Starts at 2026-01-01T00:00:00Z. */
  public static FakeTime create() {
    return at(Instant.parse("2026-01-01T00:00:00Z"));
  }

  /** Starts at that time. */
  public static FakeTime at(Instant start) {
    return new FakeTime(start);
  }

  /** Moves both clocks on. */
  public synchronized void advance(Duration by) {
    now = now.plus(by);
    nanos += by.toNanos();
  }

  /** Makes the wall clock jump, either way; the ticker goes on as it was. */
  public synchronized void jump(Duration by) {
    now = now.plus(by);
  }

  @Override
  public synchronized Instant now() {
    return now;
  }

  @Override
  public synchronized long nanoTime() {
    return nanos;
  }
}
