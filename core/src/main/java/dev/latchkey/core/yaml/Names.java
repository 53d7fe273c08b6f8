package dev.latchkey.core.yaml;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Names in messages: what was meant, and what may be shown. */
public final class Names {
  private static final int LONGEST_SHOWN = 40;

  private Names() {}

  /** The candidate that is nearest to what was written; null if none is near. */
  public static @Nullable String nearest(String written, Collection<String> candidates) {
    if (written.length() > LONGEST_SHOWN) return null;
    String best = null;
    int least = Math.max(1, Math.min(3, (written.length() + 1) / 3)) + 1;
    for (String candidate : candidates) {
      int distance = distance(written, candidate);
      if (distance < least) {
        least = distance;
        best = candidate;
      }
    }
    return best;
  }

  /** A name for a message; what does not look like a name may be a secret and is not shown. */
  public static String safe(String name) {
    if (name.isEmpty()) return "''";
    if (name.length() > LONGEST_SHOWN) return "(" + name.length() + " characters)";
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c > '~' || !(Character.isLetterOrDigit(c) || "_.-/ ".indexOf(c) >= 0)) {
        return "(" + name.length() + " characters, not a name)";
      }
    }
    return name;
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) row[j] = j;
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int same = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(same, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
