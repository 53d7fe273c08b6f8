package dev.latchkey.core.renewal;

import dev.latchkey.core.key.KeyId;
import dev.latchkey.core.time.TimeSource;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Keeps failing renewals apart: after the n-th failure in a row a key waits one second and a random
 * share of 2^n seconds, at most five minutes (full jitter, so that a fleet does not come back as
 * one), or what the provider asked for, at most an hour. Remembers {@value #MOST} keys at most.
 * Safe for use by many threads.
 */
final class Backoff {
  static final int MOST = 10_000;
  private static final long LEAST_MILLIS = 1_000;
  private static final long MOST_MILLIS = Duration.ofMinutes(5).toMillis();
  private static final long MOST_ASKED_MILLIS = Duration.ofHours(1).toMillis();
  private static final long TELL_AGAIN_NANOS = Duration.ofMinutes(10).toNanos();

  private final TimeSource time;
  private final Map<KeyId, Failure> failures = new ConcurrentHashMap<>();

  Backoff(TimeSource time) {
    this.time = time;
  }

  /** How long this key must still wait; zero if it need not. */
  Duration remaining(KeyId key) {
    Failure failure = failures.get(key);
    if (failure == null) return Duration.ZERO;
    long left = failure.notBefore - time.nanoTime();
    return left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
  }

  /** Why the last attempt failed; null if it did not. */
  @Nullable String reason(KeyId key) {
    Failure failure = failures.get(key);
    return failure == null ? null : failure.reason;
  }

  /**
   * Notes a failure.
   *
   * @param atLeast what the provider asked to wait; null if it did not
   * @return whether people should be told: the reason is new, or was last told ten minutes ago
   */
  boolean failed(KeyId key, String reason, @Nullable Duration atLeast) {
    if (failures.size() >= MOST) failures.keySet().removeIf(k -> remaining(k).isZero());
    if (failures.size() >= MOST) failures.clear();
    Failure failure = failures.compute(key, (k, old) -> next(old, reason, atLeast));
    return failure.isNews;
  }

  void succeeded(KeyId key) {
    failures.remove(key);
  }

  int size() {
    return failures.size();
  }

  private Failure next(@Nullable Failure old, String reason, @Nullable Duration atLeast) {
    long now = time.nanoTime();
    int count = old == null ? 1 : Math.min(old.count + 1, 20);
    long notBefore = now + pauseMillis(count, atLeast) * 1_000_000L;
    boolean isOld = old != null && old.reason.equals(reason) && now - old.toldAt < TELL_AGAIN_NANOS;
    return new Failure(count, notBefore, reason, isOld && old != null ? old.toldAt : now, !isOld);
  }

  private static long pauseMillis(int count, @Nullable Duration atLeast) {
    long ceiling = Math.min(MOST_MILLIS, 1_000L << count);
    long jittered = LEAST_MILLIS + ThreadLocalRandom.current().nextLong(ceiling);
    return atLeast == null
        ? jittered
        : Math.max(jittered, Math.min(atLeast.toMillis(), MOST_ASKED_MILLIS));
  }

  private static final class Failure {
    final int count;
    final long notBefore;
    final String reason;
    final long toldAt;
    final boolean isNews;

    Failure(int count, long notBefore, String reason, long toldAt, boolean isNews) {
      this.count = count;
      this.notBefore = notBefore;
      this.reason = reason;
      this.toldAt = toldAt;
      this.isNews = isNews;
    }
  }
}
