package dev.latchkey.core.renewal;

import dev.latchkey.core.key.ManagedKey;
import java.time.Duration;
import java.time.Instant;

/** When a key that will expire is renewed ahead of time. */
public final class Expiry {
  private Expiry() {}

  /**
   * Whether a third of the key's life, give or take 10 %, is all that is left.
   *
   * @param jitter from -1 to 1: each process has its own, so that a fleet does not wake as one
   */
  public static boolean isDue(ManagedKey key, Instant now, double jitter) {
    Instant end = key.expiresAt();
    if (end == null || key.secret() == null) return false;
    Instant begin = key.lastRenewalAt() == null ? key.createdAt() : key.lastRenewalAt();
    long life = Math.max(0, Duration.between(begin, end).toMillis());
    long ahead = (long) (life / 3.0 * (1 + jitter / 10));
    return !now.isBefore(end.minusMillis(ahead));
  }
}
