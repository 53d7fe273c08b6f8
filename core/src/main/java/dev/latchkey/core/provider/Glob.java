package dev.latchkey.core.provider;

import java.nio.charset.StandardCharsets;

/**
 * A pattern in which {@code *} stands for any text; ASCII letters match in either case. Takes time
 * in proportion to text times pattern at worst: there is no backtracking, since the first place
 * where a piece fits leaves the most room for the rest. Immutable.
 */
final class Glob {
  private final String[] pieces;

  private Glob(String pattern) {
    pieces = lower(pattern).split("\\*", -1);
  }

  /** A pattern for the whole of a text. */
  static Glob of(String pattern) {
    return new Glob(pattern);
  }

  /** A pattern that may occur anywhere in a body, which is matched as bytes. */
  static Glob within(String pattern) {
    byte[] utf8 = pattern.getBytes(StandardCharsets.UTF_8);
    return new Glob("*" + new String(utf8, StandardCharsets.ISO_8859_1) + "*");
  }

  boolean matches(String text) {
    return begun(lower(text), true) == Match.YES;
  }

  /**
   * What is known when {@code text} is only the beginning.
   *
   * @param text already in lower case
   */
  Match begun(String text, boolean complete) {
    String first = pieces[0];
    if (!text.startsWith(first)) {
      return !complete && first.startsWith(text) ? Match.MAYBE : Match.NO;
    }
    if (pieces.length == 1) {
      boolean longer = text.length() > first.length();
      return longer ? Match.NO : complete ? Match.YES : Match.MAYBE;
    }
    int at = first.length();
    for (int i = 1; i < pieces.length - 1; i++) {
      int found = text.indexOf(pieces[i], at);
      if (found < 0) return complete ? Match.NO : Match.MAYBE;
      at = found + pieces[i].length();
    }
    String last = pieces[pieces.length - 1];
    if (last.isEmpty()) return Match.YES;
    if (!complete) return Match.MAYBE;
    return text.length() - last.length() >= at && text.endsWith(last) ? Match.YES : Match.NO;
  }

  /** ASCII letters only: other letters' cases depend on languages, and change lengths. */
  static String lower(String text) {
    char[] out = text.toCharArray();
    for (int i = 0; i < out.length; i++) {
      if (out[i] >= 'A' && out[i] <= 'Z') out[i] += 'a' - 'A';
    }
    return new String(out);
  }
}
