package dev.latchkey.agent.hop;

import org.jspecify.annotations.Nullable;

/** A request target as it stands in the request line: {@code /path?query} or a whole URL. */
public final class RawTarget {
  private RawTarget() {}

  /** The raw path; {@code /} where there is none. */
  public static String path(String target) {
    int from = pathStart(target);
    int to = query(target) == null ? end(target) : target.indexOf('?');
    return from >= to ? "/" : target.substring(from, to);
  }

  /** The raw query; null for none. */
  public static @Nullable String query(String target) {
    int mark = target.indexOf('?');
    int end = end(target);
    return mark < 0 || mark >= end ? null : target.substring(mark + 1, end);
  }

  /** The target with another query; every other byte as it was. */
  public static String withQuery(String target, @Nullable String query) {
    int mark = target.indexOf('?');
    int end = end(target);
    String before = mark < 0 || mark >= end ? target.substring(0, end) : target.substring(0, mark);
    return before + (query == null ? "" : "?" + query) + target.substring(end);
  }

  private static int pathStart(String target) {
    int authority = target.indexOf("://");
    if (target.startsWith("/") || authority < 0) return 0;
    int path = target.indexOf('/', authority + 3);
    return path < 0 ? target.length() : path;
  }

  private static int end(String target) {
    int fragment = target.indexOf('#');
    return fragment < 0 ? target.length() : fragment;
  }
}
