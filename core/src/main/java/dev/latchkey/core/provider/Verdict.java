package dev.latchkey.core.provider;

import java.util.Locale;

/** What a provider's answer says about the key; closed, see DESIGN section 7. */
public enum Verdict {
  /** The key is fine. */
  OK,
  /** The provider does not know the key any more. */
  KEY_INVALID,
  /** The key's time is over. */
  KEY_EXPIRED,
  /** The key's (or its account's) allowance for a period is used up. */
  QUOTA_EXHAUSTED,
  /** Too many calls in a short time. */
  RATE_LIMITED,
  /** The account has no money left; more keys of it do not help. */
  OUT_OF_CREDIT,
  /** The key is fine but may not do this. */
  FORBIDDEN,
  /** The request is at fault, not the key. */
  BAD_REQUEST,
  /** The provider is in trouble; try later. */
  TRANSIENT,
  /** Nothing is known; no action. */
  UNKNOWN;

  private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The name that definitions and log use, such as {@code key-invalid}. */
  public String text() {
    return text;
  }

  /** Whether the key is dead and another one has to be made. */
  public boolean refusesKey() {
    return this == KEY_INVALID || this == KEY_EXPIRED;
  }

  /** Whether the key has to rest, and a spare one may serve. */
  public boolean restsKey() {
    return this == QUOTA_EXHAUSTED || this == RATE_LIMITED || this == OUT_OF_CREDIT;
  }

  /**
   * The verdict of this {@link #text}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Verdict of(String text) {
    for (Verdict verdict : values()) if (verdict.text.equals(text)) return verdict;
    throw new IllegalArgumentException("no such verdict: " + text);
  }
}
