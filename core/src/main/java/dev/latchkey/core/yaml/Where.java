package dev.latchkey.core.yaml;

/** Where a setting was written: a line of a file, a system property, a variable. Immutable. */
public final class Where {
  private final String text;
  private final int line;

  private Where(String text, int line) {
    this.text = text;
    this.line = line;
  }

  /** A line of a file; lines count from 1. */
  public static Where line(String file, int line) {
    return new Where(file + ":" + line, line);
  }

  /** A place that has no lines, such as {@code environment variable LATCHKEY_STORE_URL}. */
  public static Where place(String place) {
    return new Where(place, 0);
  }

  /** The line, 0 for a place that has none. */
  int line() {
    return line;
  }

  /** The place for people: {@code latchkey.yaml:12}. */
  @Override
  public String toString() {
    return text;
  }
}
