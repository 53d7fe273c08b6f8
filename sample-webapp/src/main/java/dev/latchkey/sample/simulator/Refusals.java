package dev.latchkey.sample.simulator;

/**
 * The provider's refusals, word for word as people reported them.
 *
 * <p>Sources: OpenRouterTeam/docs, {@code api_reference/errors-and-debugging.mdx} and {@code
 * openapi/openapi.yaml}; the text of the 401 from opencode#2245, of the key limit from
 * Roo-Code#515.
 */
final class Refusals {
  private Refusals() {}

  /** An unknown, deleted or expired key. */
  static Answer unknownKey() {
    return Answer.error(401, "User not found.");
  }

  static Answer noKey() {
    return Answer.error(401, "No cookie auth credentials found");
  }

  static Answer managementOnly() {
    return Answer.error(403, "Only management keys can perform this operation");
  }

  static Answer notFound() {
    return Answer.error(404, "Resource not found");
  }

  static Answer badRequest(String message) {
    return Answer.error(400, message);
  }

  /** How the provider reports a body that its schema refuses. */
  static Answer invalid(String message) {
    return Answer.json(
        400,
        Json.object(
            "success", false, "error", Json.object("name", "ZodError", "message", message)));
  }

  /**
   * The key's own spending cap.
   *
   * @param period {@code total}, {@code daily}, {@code weekly} or {@code monthly}
   */
  static Answer keyLimit(String period) {
    return Answer.error(
        403,
        "Key limit exceeded ("
            + period
            + " limit). Manage it using https://openrouter.ai/settings/keys");
  }

  static Answer credits() {
    return Answer.error(
        402,
        "Insufficient credits. Add more using https://openrouter.ai/credits",
        Json.object("limit_source", "openrouter_credits"));
  }

  /** The free models' daily allowance; the reset is in epoch milliseconds. */
  static Answer freeDaily(long resetMillis) {
    return Answer.error(
            429,
            "Rate limit exceeded: free-models-per-day. Add 10 credits to unlock 1000 free model"
                + " requests per day",
            Json.object(
                "headers",
                Json.object(
                    "X-RateLimit-Limit", "50",
                    "X-RateLimit-Remaining", "0",
                    "X-RateLimit-Reset", Long.toString(resetMillis)),
                "limit_source",
                "openrouter_free_tier_daily"))
        .with("X-RateLimit-Limit", "50")
        .with("X-RateLimit-Remaining", "0")
        .with("X-RateLimit-Reset", Long.toString(resetMillis));
  }

  static Answer upstreamBusy(int retryAfterSeconds) {
    return Answer.error(
            429,
            "Provider returned error",
            Json.object(
                "limit_source",
                "upstream_provider_shared_pool",
                "retry_after_seconds",
                retryAfterSeconds,
                "headers",
                Json.object("Retry-After", Integer.toString(retryAfterSeconds))))
        .with("Retry-After", Integer.toString(retryAfterSeconds));
  }

  static Answer serverError() {
    return Answer.error(500, "Internal Server Error");
  }
}
