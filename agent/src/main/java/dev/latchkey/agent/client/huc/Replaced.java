package dev.latchkey.agent.client.huc;

import java.net.HttpURLConnection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the application's own connection told of a request header before our key took its place
 * there: the application goes on to be told that.
 */
final class Replaced {
  private @Nullable Map<String, @Nullable String> before;

  /** Remembers what the connection tells of a header that is about to be ours. */
  void put(String name, HttpURLConnection connection) {
    if (before == null) before = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    before.put(name, connection.getRequestProperty(name));
  }

  /** What the application is told of one header. */
  @Nullable String property(@Nullable String name, HttpURLConnection connection) {
    return before != null && name != null && before.containsKey(name)
        ? before.get(name)
        : connection.getRequestProperty(name);
  }

  /** What the application is told of all. */
  Map<String, List<String>> properties(HttpURLConnection connection) {
    Map<String, List<String>> all = connection.getRequestProperties();
    Map<String, @Nullable String> before = this.before;
    if (before == null) return all;
    Map<String, List<String>> told = new LinkedHashMap<>(all);
    // A connection that is not the JDK's may have a property without a name.
    told.keySet().removeIf(name -> name != null && before.containsKey(name));
    before.forEach(
        (name, value) -> {
          if (value != null) told.put(name, Collections.singletonList(value));
        });
    return Collections.unmodifiableMap(told);
  }
}
