package dev.latchkey.core.key;

import java.time.Instant;
import java.util.Locale;

/**
 * Something that happened to an owner's key: a line in the log and a row of {@code key_events}.
 * Holds no secret, by construction: the key is present as its mask only. Immutable.
 */
public final class KeyEvent {
  /** The events by the names that log and table show. */
  public enum Type {
    /** The definitions and keys are in memory, Latchkey is at work. */
    LOADED,
    /** A key was found outside the table and stored. */
    SYNCED,
    /** A key was made for an owner who had none. */
    PROVISIONED,
    /** The provider refused a key. */
    REJECTED,
    /** A refused or expiring key was replaced. */
    RENEWED,
    /** A key should have been replaced and was not. */
    RENEWAL_FAILED,
    /** A throttled key rests. */
    COOLING,
    /** A key is out of quota or credit. */
    EXHAUSTED,
    /** Something was switched off. */
    DISABLED,
    /** What failed before works again. */
    RECOVERED,
    /** A call was sent again with another key. */
    REPLAYED,
    /** A call was not sent again although its key was refused, or everybody is throttled. */
    NOT_REPLAYED;

    private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The name that log and table show, such as {@code renewal-failed}. */
    public String text() {
      return text;
    }
  }

  private final Instant at;
  private final Type type;
  private final String provider;
  private final Owner owner;
  private final String mask;
  private final String reason;

  private KeyEvent(
      Instant at, Type type, String provider, Owner owner, String mask, String reason) {
    this.at = at;
    this.type = type;
    this.provider = provider;
    this.owner = owner;
    this.mask = mask;
    this.reason = oneLine(reason);
  }

  /**
   * An event.
   *
   * @param mask the key's mask, or {@code -} where no key is concerned
   * @param reason why it happened, in plain English; line breaks become spaces, 500 characters kept
   */
  public static KeyEvent of(
      Instant at, Type type, String provider, Owner owner, String mask, String reason) {
    return new KeyEvent(at, type, provider, owner, mask, reason);
  }

  /** When it happened, by the wall clock. */
  public Instant at() {
    return at;
  }

  /** What happened. */
  public Type type() {
    return type;
  }

  /** The provider's name. */
  public String provider() {
    return provider;
  }

  /** Whose key. */
  public Owner owner() {
    return owner;
  }

  /** The key's mask, or {@code -}. */
  public String mask() {
    return mask;
  }

  /** Why, on one line. */
  public String reason() {
    return reason;
  }

  /** The log line without time and level: {@code openrouter/alice renewed ****… : reason}. */
  @Override
  public String toString() {
    return provider + "/" + owner + " " + type.text() + " " + mask + " " + reason;
  }

  private static String oneLine(String text) {
    String kept = text.length() > 500 ? text.substring(0, 500) + "..." : text;
    return kept.replaceAll("\\p{Cntrl}+", " ").trim();
  }
}
