package dev.latchkey.jdbc;

import dev.latchkey.core.key.KeyStatus;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a row's {@code status} means. People write one by hand, and so may a later version of ours:
 * a word that is none rests its own key, and keeps no other row from being read.
 */
final class StoredStatus {
  private StoredStatus() {}

  /** A key with a word that is none is one that somebody took out of service for a while. */
  static KeyStatus of(String text) {
    KeyStatus known = KeyStatus.of(text);
    return known == null ? KeyStatus.PAUSED : known;
  }

  /** Why a key with this status cannot serve and what to do; null where the status is one. */
  static @Nullable String fault(String text) {
    if (KeyStatus.of(text) != null) return null;
    return "given the status \"" + text + "\", which is none: set its row to one of " + all();
  }

  static boolean isOut(String text) {
    return text.equals(KeyStatus.DISABLED.text()) || text.equals(KeyStatus.RETIRED.text());
  }

  private static String all() {
    return Arrays.stream(KeyStatus.values()).map(KeyStatus::text).collect(Collectors.joining(", "));
  }
}
