package dev.latchkey.core.key;

/** Where a key came from; the table's column {@code source} holds {@link #text}. */
public enum KeySource {
  /** A key file, {@code key.txt} by default. */
  KEY_FILE("key.txt"),
  /** An environment variable. */
  ENVIRONMENT("environment"),
  /** Made through the provider's keys API. */
  AUTO_PROVISIONED("auto-provisioned"),
  /** Entered by an operator. */
  MANUAL("manual"),
  /** One key given to several owners. */
  SHARED("shared"),
  /** Never stored: how a key read back from the table is reported. */
  DATABASE("database");

  private final String text;

  KeySource(String text) {
    this.text = text;
  }

  /** The name that table, log and answers show. */
  public String text() {
    return text;
  }

  /** The source with this {@link #text}; {@link #MANUAL} if there is none: somebody wrote it. */
  public static KeySource of(String text) {
    for (KeySource source : values()) if (source.text.equals(text)) return source;
    return MANUAL;
  }
}
