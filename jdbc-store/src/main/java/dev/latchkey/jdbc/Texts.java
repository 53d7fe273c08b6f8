package dev.latchkey.jdbc;

import org.jspecify.annotations.Nullable;

/** Makes any text fit a column: no database stores a NUL or half a character. */
final class Texts {
  private Texts() {}

  /** At most {@code longest} UTF-16 characters; what cannot be stored becomes {@code ?}. */
  static String fit(String text, int longest) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), longest));
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      boolean storable = c != 0 && !(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
      int stored = storable ? c : '?';
      if (out.length() + Character.charCount(stored) > longest) break;
      out.appendCodePoint(stored);
    }
    return out.toString();
  }

  /** The same for a text that may be missing. */
  static @Nullable String fitOrNull(@Nullable String text, int longest) {
    return text == null ? null : fit(text, longest);
  }
}
