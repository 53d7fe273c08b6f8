package dev.latchkey.core.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Decides whether a raw path lies under a base path and under none of the exceptions. A path that
 * servers may read in several ways (dot segments, encoded characters, double slashes, parameters)
 * counts only if every reading agrees.
 */
final class Paths {
  private static final int MOST_DECODING = 4;

  private Paths() {}

  /**
   * Whether the path is managed.
   *
   * @param base without {@code /} at the end, may be empty
   * @param except paths below the base, each with {@code /} at the beginning
   */
  static boolean isManaged(String base, List<String> except, String rawPath) {
    String path = rawPath.isEmpty() ? "/" : rawPath;
    if (!isBelow(base, path) || isExcepted(base, except, path)) return false;
    if (isPlain(path)) return true;
    String read = normal(path);
    return isBelow(base, read) && !isExcepted(base, except, read);
  }

  /** Whether there is but one way to read it. In one pass: it is asked of every managed call. */
  static boolean isPlain(String path) {
    char before = 0;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '%' || c == ';' || c == '\\') return false;
      if (before == '/' && (c == '/' || c == '.')) return false;
      before = c;
    }
    return true;
  }

  private static boolean isExcepted(String base, List<String> except, String path) {
    for (int i = 0; i < except.size(); i++) {
      if (startsWithSegments(path, base.length(), except.get(i))) return true;
    }
    return false;
  }

  private static boolean isBelow(String base, String path) {
    return path.startsWith(base)
        && (path.length() == base.length() || path.charAt(base.length()) == '/');
  }

  /** In either case: some servers do not care, and an exception must not be dodged by it. */
  private static boolean startsWithSegments(String path, int from, String part) {
    int end = from + part.length();
    return path.regionMatches(true, from, part, 0, part.length())
        && (path.length() == end || path.charAt(end) == '/');
  }

  /** Decoded until nothing changes, parameters dropped, slashes merged, dot segments resolved. */
  private static String normal(String path) {
    String text = path;
    for (int i = 0; i < MOST_DECODING; i++) text = Percent.decode(text);
    List<String> out = new ArrayList<>();
    for (String segment : text.replace('\\', '/').split("/")) {
      int semicolon = segment.indexOf(';');
      String name = semicolon < 0 ? segment : segment.substring(0, semicolon);
      if (name.equals("..") && !out.isEmpty()) out.remove(out.size() - 1);
      else if (!name.isEmpty() && !name.equals(".") && !name.equals("..")) out.add(name);
    }
    return "/" + String.join("/", out);
  }

  /** An exception as it is kept: {@code /keys}. */
  static String exception(String text) {
    String path = text.startsWith("/") ? text : "/" + text;
    while (path.endsWith("/")) path = path.substring(0, path.length() - 1);
    return path.toLowerCase(Locale.ROOT);
  }
}
