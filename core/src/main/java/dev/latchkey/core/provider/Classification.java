package dev.latchkey.core.provider;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A verdict with its reason and, where the answer tells, the time to try again. Immutable. */
public final class Classification {
  private static final Classification OK = new Classification(Verdict.OK, "", null);

  private final Verdict verdict;
  private final String reason;
  private final @Nullable Instant retryAt;

  private Classification(Verdict verdict, String reason, @Nullable Instant retryAt) {
    this.verdict = verdict;
    this.reason = reason;
    this.retryAt = retryAt;
  }

  /** All is well; one shared instance. */
  public static Classification ok() {
    return OK;
  }

  /**
   * A classification.
   *
   * @param reason for people, such as {@code 403 key limit exceeded}; no secret, no raw body
   * @param retryAt when the key may serve again; null for unknown
   */
  public static Classification of(Verdict verdict, String reason, @Nullable Instant retryAt) {
    return new Classification(verdict, reason, retryAt);
  }

  /** What the answer says about the key. */
  public Verdict verdict() {
    return verdict;
  }

  /** Why, for people. */
  public String reason() {
    return reason;
  }

  /** When the key may serve again; null for unknown. */
  public @Nullable Instant retryAt() {
    return retryAt;
  }

  @Override
  public String toString() {
    return reason.isEmpty() ? verdict.text() : verdict.text() + " (" + reason + ")";
  }
}
