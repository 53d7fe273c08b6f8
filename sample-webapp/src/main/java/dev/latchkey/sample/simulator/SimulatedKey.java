package dev.latchkey.sample.simulator;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One key of the simulated account. Guarded by its {@link KeyRing}'s monitor. */
final class SimulatedKey {
  private final String text;
  private final Instant createdAt;
  private String name;
  private boolean disabled;
  private @Nullable Number limit;
  private @Nullable String limitReset;
  private boolean byokInLimit;
  private double usage;
  private @Nullable Instant expiresAt;
  private @Nullable Instant updatedAt;

  SimulatedKey(String text, KeyOrder order, Instant now) {
    this.text = text;
    this.createdAt = now;
    this.name = "";
    this.expiresAt = order.expiresAt();
    apply(order);
  }

  void change(KeyOrder order, Instant now) {
    apply(order);
    updatedAt = now;
  }

  private void apply(KeyOrder order) {
    if (order.names("name")) name = String.valueOf(order.value("name"));
    if (order.names("disabled")) disabled = Boolean.TRUE.equals(order.value("disabled"));
    if (order.names("limit")) limit = (Number) order.value("limit");
    if (order.names("limit_reset")) limitReset = (String) order.value("limit_reset");
    if (order.names("include_byok_in_limit")) {
      byokInLimit = Boolean.TRUE.equals(order.value("include_byok_in_limit"));
    }
  }

  String hash() {
    return KeyText.hash(text);
  }

  String text() {
    return text;
  }

  boolean isNamed(String part) {
    return name.contains(part);
  }

  boolean disabled() {
    return disabled;
  }

  boolean works(Instant now) {
    return !disabled && (expiresAt == null || now.isBefore(expiresAt));
  }

  void expire(Instant when) {
    expiresAt = when;
  }

  /** Adds what a chat cost, in US dollars. */
  void charge(double dollars) {
    usage += dollars;
  }

  boolean overLimit() {
    return limit != null && usage >= limit.doubleValue();
  }

  /** Spends whatever the limit leaves; a key without one gets a limit of nothing. */
  void exhaust() {
    if (limit == null) limit = usage;
    usage = Math.max(usage, limit.doubleValue());
  }

  String limitPeriod() {
    return limitReset == null ? "total" : limitReset;
  }

  /**
   * The key as the keys API shows it; usage is not split by period, nothing here lives that long.
   */
  Map<String, @Nullable Object> describe() {
    Map<String, @Nullable Object> described = describeShared();
    described.put("hash", hash());
    described.put("name", name);
    described.put("disabled", disabled);
    described.put("created_at", createdAt.toString());
    described.put("updated_at", updatedAt == null ? null : updatedAt.toString());
    described.put("workspace_id", "0df9e665-d932-4f2e-8a8b-6d7c3a1f7e10");
    return described;
  }

  /** What {@code /keys} and {@code /key} have in common. */
  Map<String, @Nullable Object> describeShared() {
    return Json.object(
        "label",
        KeyText.label(text),
        "limit",
        limit,
        "limit_remaining",
        limit == null ? null : Math.max(0, limit.doubleValue() - usage),
        "limit_reset",
        limitReset,
        "include_byok_in_limit",
        byokInLimit,
        "usage",
        usage,
        "usage_daily",
        usage,
        "usage_weekly",
        usage,
        "usage_monthly",
        usage,
        "byok_usage",
        0,
        "byok_usage_daily",
        0,
        "byok_usage_weekly",
        0,
        "byok_usage_monthly",
        0,
        "expires_at",
        expiresAt == null ? null : expiresAt.toString(),
        "creator_user_id",
        "user_simulated");
  }
}
