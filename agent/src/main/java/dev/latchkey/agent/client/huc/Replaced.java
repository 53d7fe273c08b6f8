package dev.latchkey.agent.client.huc;

import java.net.HttpURLConnection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the application's own connection told of a request header before our key took its place
 * there: the application goes on to be told that.
 */
final class Replaced {
  private final RequestProperties before = new RequestProperties();

  /** Remembers what the connection tells of a header that is about to be ours. */
  void put(String name, HttpURLConnection connection) {
    if (!before.has(name)) before.add(name, connection.getRequestProperty(name));
  }

  /** What the application is told of one header. */
  @Nullable String property(@Nullable String name, HttpURLConnection connection) {
    return name != null && before.has(name)
        ? before.first(name)
        : connection.getRequestProperty(name);
  }

  /** What the application is told of all. */
  Map<String, List<String>> properties(HttpURLConnection connection) {
    Map<String, List<String>> all = connection.getRequestProperties();
    if (before.isEmpty()) return all;
    Map<String, List<String>> told = new LinkedHashMap<>(all);
    // A connection that is not the JDK's may have a property without a name.
    told.keySet().removeIf(name -> name != null && before.has(name));
    before.forEach(
        (name, value) -> {
          if (value != null) told.put(name, Collections.singletonList(value));
        });
    return Collections.unmodifiableMap(told);
  }
}
