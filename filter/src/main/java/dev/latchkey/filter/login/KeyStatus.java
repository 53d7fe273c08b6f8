package dev.latchkey.filter.login;

import dev.latchkey.core.key.KeySource;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.sync.SyncResult;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a user's keys, as the application sees it: a map of texts and flags, which every
 * page can read and every container can store, with {@code user}, {@code status} ({@code ready},
 * {@code pending}, {@code unavailable} while nobody can look into the table, or {@code none}),
 * {@code has_key}, {@code source}, {@code synced}, {@code key} (the mask) and {@code error}; more
 * than one provider stand under {@code providers}, and the first one's values on top. Pure.
 */
public final class KeyStatus {
  /** The session attribute's name. */
  public static final String ATTRIBUTE = "latchkey.key-status";

  static final String READY = "ready";
  static final String PENDING = "pending";
  static final String UNAVAILABLE = "unavailable";
  static final String NONE = "none";

  private KeyStatus() {}

  /** While the sync goes on. */
  static Map<String, Object> pending(Owner user) {
    return of(user, PENDING, Collections.<String, Object>emptyMap());
  }

  /** What is known once every provider's sync has ended. */
  static Map<String, Object> of(Owner user, Map<String, SyncResult> results) {
    Map<String, Object> providers = new LinkedHashMap<>();
    results.forEach((name, result) -> providers.put(name, frozen(one(result))));
    SyncResult first = results.isEmpty() ? null : results.values().iterator().next();
    Map<String, Object> values = first == null ? new LinkedHashMap<>() : one(first);
    if (results.size() > 1) values.put("providers", frozen(providers));
    return of(user, status(first), values);
  }

  /** Nothing is known but what went wrong. */
  static Map<String, Object> failed(Owner user, String error) {
    return of(user, NONE, Collections.<String, Object>singletonMap("error", error));
  }

  /** The member of a login's JSON answer. */
  public static String json(Map<String, Object> status) {
    Object source = status.get("source");
    return "{\"has_key\":"
        + status.get("has_key")
        + ",\"source\":"
        + (source == null ? "null" : "\"" + source + "\"")
        + ",\"synced\":"
        + status.get("synced")
        + (isUnsettled(status) ? ",\"status\":\"" + status.get("status") + "\"}" : "}");
  }

  private static boolean isUnsettled(Map<String, Object> status) {
    Object word = status.get("status");
    return PENDING.equals(word) || UNAVAILABLE.equals(word);
  }

  /** Whose it is, if this is one of ours. */
  static @Nullable String user(@Nullable Object attribute) {
    Object user = attribute instanceof Map ? ((Map<?, ?>) attribute).get("user") : null;
    return user instanceof String ? (String) user : null;
  }

  static boolean isReady(@Nullable Object attribute) {
    return attribute instanceof Map && READY.equals(((Map<?, ?>) attribute).get("status"));
  }

  private static Map<String, Object> of(Owner user, String status, Map<String, Object> rest) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("user", user.id());
    all.put("status", status);
    all.put("has_key", false);
    all.put("source", null);
    all.put("synced", false);
    all.putAll(rest);
    return frozen(all);
  }

  private static String status(@Nullable SyncResult result) {
    if (result != null && result.isUsable()) return READY;
    return result != null && result.isTableDown() ? UNAVAILABLE : NONE;
  }

  private static Map<String, Object> one(SyncResult result) {
    Map<String, Object> values = new LinkedHashMap<>();
    KeySource source = result.source();
    values.put("has_key", result.isUsable());
    values.put("source", source == null ? null : source.text());
    values.put("synced", result.isSynced());
    values.put("key", result.mask());
    values.put("error", result.error());
    return values;
  }

  private static Map<String, Object> frozen(Map<String, Object> values) {
    return Collections.unmodifiableMap(values);
  }
}
