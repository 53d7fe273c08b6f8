package dev.latchkey.core.yaml;

/** Where a setting was written: a line of a file, a system property, a variable. Immutable. */
public final class Where {
  private final String text;

  private Where(String text) {
    this.text = text;
  }

  /** A line of a file; lines count from 1. */
  public static Where line(String file, int line) {
    return new Where(file + ":" + line);
  }

  /** A place that has no lines, such as {@code environment variable LATCHKEY_STORE_URL}. */
  public static Where place(String place) {
    return new Where(place);
  }

  /** The place for people: {@code latchkey.yaml:12}. */
  @Override
  public String toString() {
    return text;
  }
}
