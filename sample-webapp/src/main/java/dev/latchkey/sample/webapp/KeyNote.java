package dev.latchkey.sample.webapp;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody in front of this application noted in the session of its user's key, put into
 * words. Where nobody did, there is nothing to say.
 */
final class KeyNote {
  /** The session's attribute: a map of texts and flags. */
  static final String ATTRIBUTE = "latchkey.key-status";

  private final @Nullable Map<?, ?> status;

  private KeyNote(@Nullable Map<?, ?> status) {
    this.status = status;
  }

  static KeyNote of(@Nullable Object noted) {
    return new KeyNote(noted instanceof Map ? (Map<?, ?>) noted : null);
  }

  /** The values of the page of that name; empty where nothing is noted. */
  Map<String, String> values() {
    if (status == null) return Collections.emptyMap();
    Map<String, String> values = new HashMap<>();
    values.put("key", key(text("status")));
    values.put("source", source(text("source")));
    values.put("why", text("error"));
    return values;
  }

  private String key(String status) {
    switch (status) {
      case "ready":
        return text("key");
      case "pending":
        return "being prepared";
      case "unavailable":
        return "unavailable at the moment";
      default:
        return "none";
    }
  }

  private String source(String source) {
    if (!text("status").equals("ready") || source.isEmpty()) return "";
    boolean place = source.equals("database") || source.equals("environment");
    if (place) return ", from the " + source;
    return source.equals("key.txt") ? ", from key.txt" : ", " + source;
  }

  private String text(String name) {
    Object value = status == null ? null : status.get(name);
    return value == null ? "" : value.toString();
  }
}
