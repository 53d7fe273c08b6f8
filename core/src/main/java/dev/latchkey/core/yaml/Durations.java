package dev.latchkey.core.yaml;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Spans as people and providers write them: {@code 10s}, {@code 1h30m}, {@code 6m0s}, {@code 12ms},
 * {@code 30d}. Pure.
 */
public final class Durations {
  private static final int LONGEST_TEXT = 40;
  private static final long MOST_MILLIS = Duration.ofDays(36_500).toMillis();

  private Durations() {}

  /** The span; null if the text is none, or is over a hundred years. */
  public static @Nullable Duration parse(String text) {
    if (text.isEmpty() || text.length() > LONGEST_TEXT) return null;
    double millis = 0;
    int at = 0;
    while (at < text.length()) {
      int number = at;
      while (at < text.length() && (isDigit(text.charAt(at)) || text.charAt(at) == '.')) at++;
      int unit = at;
      while (at < text.length() && Character.isLetter(text.charAt(at))) at++;
      double size = millisOf(text.substring(unit, at));
      double count = number(text.substring(number, unit));
      if (size < 0 || count < 0) return null;
      millis += count * size;
    }
    return millis > MOST_MILLIS ? null : Duration.ofMillis((long) Math.ceil(millis));
  }

  /** The span as a person would write it: {@code 10m}, {@code 1500ms}. */
  public static String format(Duration span) {
    long millis = span.toMillis();
    if (millis == 0) return "0s";
    if (millis % 86_400_000 == 0) return millis / 86_400_000 + "d";
    if (millis % 3_600_000 == 0) return millis / 3_600_000 + "h";
    if (millis % 60_000 == 0) return millis / 60_000 + "m";
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static double number(String text) {
    try {
      return text.isEmpty() ? -1 : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static double millisOf(String unit) {
    switch (unit) {
      case "us":
        return 0.001;
      case "ms":
        return 1;
      case "s":
        return 1000;
      case "m":
        return 60_000;
      case "h":
        return 3_600_000;
      case "d":
        return 86_400_000;
      default:
        return -1;
    }
  }
}
