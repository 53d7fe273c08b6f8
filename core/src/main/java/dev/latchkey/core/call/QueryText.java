package dev.latchkey.core.call;

import org.jspecify.annotations.Nullable;

/** Looks into raw query strings. */
final class QueryText {
  private QueryText() {}

  /** The raw value of the first parameter of that name; null if it is absent. */
  static @Nullable String value(@Nullable String rawQuery, @Nullable String name) {
    if (rawQuery == null || name == null) return null;
    for (String pair : rawQuery.split("&")) {
      int equals = pair.indexOf('=');
      if (equals >= 0 && pair.substring(0, equals).equals(name)) return pair.substring(equals + 1);
    }
    return null;
  }
}
