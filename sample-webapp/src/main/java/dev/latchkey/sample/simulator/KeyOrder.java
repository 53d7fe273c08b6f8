package dev.latchkey.sample.simulator;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of a key: the body of {@code POST /keys} or {@code PATCH /keys/{hash}},
 * checked as the provider's schema does.
 */
final class KeyOrder {
  private static final List<String> PERIODS = Arrays.asList("daily", "weekly", "monthly");

  private final Map<String, @Nullable Object> body;

  private KeyOrder(Map<String, @Nullable Object> body) {
    this.body = body;
  }

  /**
   * Reads the order for a new key, which needs a name.
   *
   * @throws IllegalArgumentException if the schema refuses it; the message says what and why
   */
  static KeyOrder forNew(String json) {
    KeyOrder order = forChange(json);
    Object name = order.body.get("name");
    require(name instanceof String && !((String) name).isEmpty(), "name", "at least 1 character");
    order.expiresAt();
    return order;
  }

  /**
   * Reads the order for a change.
   *
   * @throws IllegalArgumentException if the schema refuses it
   */
  static KeyOrder forChange(String json) {
    KeyOrder order = new KeyOrder(Json.readObject(json));
    order.requireType("name", String.class);
    order.requireType("limit", Number.class);
    order.requireType("disabled", Boolean.class);
    order.requireType("include_byok_in_limit", Boolean.class);
    Object reset = order.body.get("limit_reset");
    require(
        reset == null || PERIODS.contains(reset), "limit_reset", "daily, weekly, monthly or null");
    return order;
  }

  boolean names(String property) {
    return body.containsKey(property);
  }

  @Nullable Object value(String property) {
    return body.get(property);
  }

  /** UTC only: the provider refuses every other offset. */
  @Nullable Instant expiresAt() {
    Object text = body.get("expires_at");
    if (text == null) return null;
    try {
      String iso = text.toString();
      if (iso.endsWith("Z")) return Instant.parse(iso);
    } catch (DateTimeException e) {
      // Falls through to the one answer for everything that is not a UTC time.
    }
    throw new IllegalArgumentException("expires_at: must be an ISO-8601 time in UTC");
  }

  private void requireType(String property, Class<?> type) {
    Object value = body.get(property);
    require(value == null || type.isInstance(value), property, type.getSimpleName());
  }

  private static void require(boolean holds, String property, String rule) {
    if (!holds) throw new IllegalArgumentException(property + ": must be " + rule);
  }
}
