package dev.latchkey.core.key;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What may be done with a key; the table's column {@code status} holds {@link #text}. */
public enum KeyStatus {
  /** Serves calls. */
  ACTIVE,
  /** Throttled: rests until its cooldown ends, then serves again by itself. */
  COOLING,
  /** Out of quota or credit: rests until its cooldown ends; without one, until somebody acts. */
  EXHAUSTED,
  /** Refused by the provider (confirmed), and not replaced yet; or unreadable with our keyset. */
  INVALID,
  /** Taken out of service by an operator for a while. */
  PAUSED,
  /** Taken out of service by an operator for good; sync does not replace it. */
  DISABLED,
  /** Replaced; kept as history. */
  RETIRED;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** The lower-case name that table, log and command line show. */
  public String text() {
    return text;
  }

  /** The status with this {@link #text}, or null if there is none. */
  public static @Nullable KeyStatus of(String text) {
    for (KeyStatus status : values()) if (status.text.equals(text)) return status;
    return null;
  }
}
