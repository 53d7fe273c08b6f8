package dev.latchkey.core.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.latchkey.core.time.FakeTime;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every documented answer of the presets' providers, and what it means. */
final class PresetRulesTest {
  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
  private static final Provider OPENROUTER = Definitions.preset("openrouter", FakeTime.create());
  private static final Provider OPENAI = Definitions.preset("openai", FakeTime.create());

  static Stream<Arguments> openrouter() {
    return Stream.of(
        of(401, error(401, "User not found."), "key-invalid", null),
        of(401, error(401, "No auth credentials found"), "key-invalid", null),
        of(401, error(401, "No cookie auth credentials found"), "key-invalid", null),
        of(401, error(401, "Missing Authentication header"), "key-invalid", null),
        of(401, error(401, "Invalid credentials"), "key-invalid", null),
        of(401, "", "key-invalid", null),
        of(401, "<html>", "key-invalid", null),
        of(
            402,
            error(402, "Insufficient credits. Add more using https://openrouter.ai/credits"),
            "out-of-credit",
            null),
        of(402, limited("openrouter_credits", ""), "out-of-credit", null),
        of(402, limited("openrouter_key_limit", ""), "quota-exhausted", null),
        of(
            402,
            limited("openrouter_in_flight_budget", ",\"retry_after_seconds\":3"),
            "rate-limited",
            "2026-03-04T05:06:10Z"),
        of(
            403,
            error(403, "Key limit exceeded (total limit). Manage it using https://x"),
            "quota-exhausted",
            null),
        of(
            403,
            error(403, "Key limit exceeded (daily limit). Manage it using https://x"),
            "quota-exhausted",
            "2026-03-05T00:00:00Z"),
        of(
            403,
            error(403, "Key limit exceeded (weekly limit)."),
            "quota-exhausted",
            "2026-03-09T00:00:00Z"),
        of(
            403,
            error(403, "Key limit exceeded (monthly limit)."),
            "quota-exhausted",
            "2026-04-01T00:00:00Z"),
        of(
            403,
            "{\"error\":{\"code\":403,\"message\":\"Your input was flagged\",\"metadata\":"
                + "{\"reasons\":[\"violence\"],\"flagged_input\":\"...\"}}}",
            "forbidden",
            null),
        of(403, error(403, "Only management keys can perform this operation"), "forbidden", null),
        of(400, error(400, "bad"), "bad-request", null),
        of(
            400,
            "{\"success\":false,\"error\":{\"name\":\"ZodError\",\"message\":\"[]\"}}",
            "bad-request",
            null),
        of(404, error(404, "Resource not found"), "bad-request", null),
        of(408, error(408, "Operation timed out"), "transient", null),
        of(413, error(413, "too large"), "bad-request", null),
        of(422, error(422, "no"), "bad-request", null),
        of(
            429,
            "{\"error\":{\"message\":\"Rate limit exceeded: free-models-per-day. Add 10 credits to"
                + " unlock 1000 free model requests per day\",\"code\":429,\"metadata\":{\"headers\":"
                + "{\"X-RateLimit-Limit\":\"50\",\"X-RateLimit-Remaining\":\"0\","
                + "\"X-RateLimit-Reset\":\"1772668800000\"}}},\"user_id\":\"user_x\"}",
            "quota-exhausted",
            "2026-03-05T00:00:00Z"),
        of(
            429,
            error(429, "Rate limit exceeded: free-models-per-day-high-balance. "),
            "quota-exhausted",
            "2026-03-05T00:00:00Z"),
        of(
            429,
            error(429, "Rate limit exceeded: limit_rpd/some/model"),
            "quota-exhausted",
            "2026-03-05T00:00:00Z"),
        of(
            429,
            limited("openrouter_free_tier_daily", ""),
            "quota-exhausted",
            "2026-03-05T00:00:00Z"),
        of(
            429,
            error(429, "Rate limit exceeded: limit_rpm/some/model"),
            "rate-limited",
            "2026-03-04T05:07:07Z"),
        of(
            429,
            limited("upstream_provider_shared_pool", ",\"retry_after_seconds\":30"),
            "transient",
            "2026-03-04T05:06:37Z"),
        of(
            429,
            "{\"error\":{\"message\":\"Provider returned error\",\"code\":429,\"metadata\":"
                + "{\"headers\":{\"Retry-After\":\"9\"}}}}",
            "transient",
            "2026-03-04T05:06:16Z"),
        of(500, error(500, "Internal Server Error"), "transient", null),
        of(502, error(502, "Provider returned error"), "transient", null),
        of(503, "", "transient", null),
        of(524, "", "transient", null),
        of(529, "", "transient", null),
        of(200, "{\"id\":\"gen-1\",\"choices\":[]}", "ok", null),
        of(200, "  \n\n {\"provider\":\"x\",\"choices\":[]}", "ok", null),
        of(200, "{\"data\":{\"label\":\"x\"}}", "ok", null),
        of(200, "{}", "ok", null),
        of(200, "", "ok", null),
        of(200, "plain", "ok", null),
        of(200, error(401, "User not found."), "key-invalid", null),
        of(200, error(402, "Insufficient credits"), "out-of-credit", null),
        of(200, error(403, "Key limit exceeded (total limit)."), "quota-exhausted", null),
        of(200, error(403, "moderation"), "forbidden", null),
        of(200, error(429, "Provider returned error"), "transient", null),
        of(200, error(502, "Provider returned error"), "transient", null),
        of(200, "{\"error\":{\"code\":\"server_error\",\"message\":\"x\"}}", "transient", null),
        of(200, "{\"error\":{\"code\":\"429\",\"message\":\"x\"}}", "transient", null),
        of(200, "{\"error\":{\"message\":\"x\"}}", "unknown", null),
        of(200, "{\"error\":\"x\"}", "unknown", null),
        of(200, "{\"id\":\"gen\",\"error\":{\"code\":401},\"choices\":[]}", "ok", null),
        of(200, "{\"choices\":[{\"error\":{\"code\":401}}]}", "ok", null));
  }

  static Stream<Arguments> openai() {
    return Stream.of(
        of(
            401,
            openaiError("invalid_request_error", "invalid_api_key", "Incorrect API key provided: "),
            "key-invalid",
            null),
        of(401, openaiError("invalid_request_error", null, "whatever"), "key-invalid", null),
        of(
            401,
            openaiError("x", null, "You must be a member of an organization to use the API"),
            "forbidden",
            null),
        of(401, openaiError("x", null, "Your IP is not authorized"), "forbidden", null),
        of(
            403,
            openaiError("x", "unsupported_country_region_territory", "Country not supported"),
            "forbidden",
            null),
        of(
            429,
            openaiError("insufficient_quota", "insufficient_quota", "You exceeded your current"),
            "out-of-credit",
            null),
        of(
            429,
            openaiError("insufficient_quota", "credit_balance_exhausted", "x"),
            "out-of-credit",
            null),
        of(
            429,
            openaiError("insufficient_quota", "project_spend_limit_exceeded", "x"),
            "quota-exhausted",
            "2026-04-01T00:00:00Z"),
        of(
            429,
            openaiError("insufficient_quota", "organization_spend_limit_exceeded", "x"),
            "quota-exhausted",
            "2026-04-01T00:00:00Z"),
        of(
            429,
            openaiError("insufficient_quota", "organization_usage_limit_exceeded", "x"),
            "quota-exhausted",
            "2026-04-01T00:00:00Z"),
        of(
            429,
            openaiError("requests", "rate_limit_exceeded", "x"),
            "rate-limited",
            "2026-03-04T05:07:07Z"),
        of(
            429,
            openaiError("rate_limit_error", "slow_down", "x"),
            "rate-limited",
            "2026-03-04T05:07:07Z"),
        of(503, openaiError("x", "server_is_overloaded", "x"), "transient", null),
        of(500, "", "transient", null),
        of(404, openaiError("x", "model_not_found", "x"), "bad-request", null),
        of(200, "{\"id\":\"x\"}", "ok", null));
  }

  @ParameterizedTest
  @MethodSource("openrouter")
  void openrouterSays(int status, String body, String verdict, String retryAt) {
    check(OPENROUTER, Answers.json(status), body, verdict, retryAt);
  }

  @ParameterizedTest
  @MethodSource("openai")
  void openaiSays(int status, String body, String verdict, String retryAt) {
    check(OPENAI, Answers.json(status), body, verdict, retryAt);
  }

  @Test
  void headersTellTheTimeToo() {
    String limit = error(429, "Rate limit exceeded");
    check(
        OPENROUTER,
        Answers.json(429, "Retry-After", "5"),
        limit,
        "rate-limited",
        "2026-03-04T05:06:12Z");
    check(
        OPENROUTER,
        Answers.json(429, "X-RateLimit-Reset", "1772601000000"),
        limit,
        "rate-limited",
        "2026-03-04T05:10:00Z");
    check(
        OPENROUTER,
        Answers.json(503, "Retry-After", "Wed, 04 Mar 2026 06:00:00 GMT"),
        "",
        "transient",
        "2026-03-04T06:00:00Z");
    String tokens = openaiError("tokens", "rate_limit_exceeded", "x");
    check(
        OPENAI,
        Answers.json(429, "x-ratelimit-reset-tokens", "6m0s", "x-ratelimit-reset-requests", "12ms"),
        tokens,
        "rate-limited",
        "2026-03-04T05:12:07Z");
    check(
        OPENAI,
        Answers.json(429, "retry-after-ms", "1500", "retry-after", "2"),
        tokens,
        "rate-limited",
        "2026-03-04T05:06:08.500Z");
    check(
        OPENAI,
        Answers.json(429, "x-ratelimit-reset-requests", "12ms"),
        openaiError("requests", "rate_limit_exceeded", "x"),
        "rate-limited",
        "2026-03-04T05:06:07.012Z");
  }

  @Test
  void nonsenseTimesAreBounded() {
    for (String value : new String[] {"-1", "NaN", "Infinity", "1e400", "soon", "", "\u0661"}) {
      check(
          OPENROUTER,
          Answers.json(429, "Retry-After", value),
          error(429, "x"),
          "rate-limited",
          "2026-03-04T05:07:07Z");
    }
    check(
        OPENROUTER,
        Answers.json(429, "Retry-After", "99999999999"),
        error(429, "x"),
        "rate-limited",
        "2026-04-13T05:06:07Z");
  }

  @Test
  void theBodyIsWantedOnlyWhereItMatters() {
    Classifier openrouter = OPENROUTER.classifier();
    assertThat(openrouter.wantsBody(Answers.json(200))).isTrue();
    assertThat(openrouter.wantsBody(Answers.json(401))).isTrue();
    assertThat(openrouter.wantsBody(Answers.json(500))).isFalse();
    assertThat(openrouter.wantsBody(Answers.json(404))).isFalse();
    assertThat(openrouter.wantsBody(Answers.json(204))).isFalse();
    assertThat(openrouter.wantsBody(Answers.json(302))).isFalse();
    for (String stream :
        new String[] {
          "text/event-stream", "Text/Event-Stream; charset=utf-8", "application/x-ndjson",
          "application/stream+json", "application/jsonl", "audio/mpeg"
        }) {
      Answers head = Answers.plain(200, "Content-Type", stream);
      assertThat(openrouter.wantsBody(head)).as(stream).isFalse();
      assertThat(openrouter.decided(head, new byte[0], 0)).as(stream).isTrue();
    }
    assertThat(openrouter.wantsBody(Answers.json(200, "Content-Encoding", "br"))).isFalse();
    assertThat(openrouter.wantsBody(Answers.json(200, "Content-Encoding", "gzip"))).isTrue();
    Classifier openai = OPENAI.classifier();
    assertThat(openai.wantsBody(Answers.json(200))).isFalse();
    assertThat(openai.wantsBody(Answers.json(429))).isTrue();
  }

  @Test
  void aGoodAnswerIsDecidedByItsFirstMember() {
    byte[] body = "{\"id\":\"gen-1\",\"choices\":[".getBytes(StandardCharsets.UTF_8);
    int needed = 0;
    while (!OPENROUTER.classifier().decided(Answers.json(200), body, needed)) needed++;
    assertThat(new String(body, 0, needed, StandardCharsets.UTF_8)).isEqualTo("{\"id\":\"gen-1\"");
  }

  @Test
  void noReasonHoldsTheBodysWords() {
    String body = error(401, "User not found. sk-or-v1-secret");
    Classification seen =
        OPENROUTER
            .classifier()
            .classify(Answers.json(401), body.getBytes(StandardCharsets.UTF_8), NOW);
    assertThat(seen).hasToString("key-invalid (401 the provider does not know the key)");
  }

  private static void check(
      Provider provider, Answers head, String text, String verdict, String retryAt) {
    Classifier classifier = provider.classifier();
    byte[] body =
        classifier.wantsBody(head) ? text.getBytes(StandardCharsets.UTF_8) : Classifier.NO_BODY;
    Classification seen = classifier.classify(head, body, NOW);
    assertThat(seen.verdict().text()).as("%s %s -> %s", head, text, seen).isEqualTo(verdict);
    assertThat(seen.retryAt())
        .as("%s %s -> %s", head, text, seen)
        .isEqualTo(retryAt == null ? null : Instant.parse(retryAt));
  }

  private static Arguments of(int status, String body, String verdict, String retryAt) {
    return arguments(status, body, verdict, retryAt);
  }

  private static String error(int code, String message) {
    return "{\"error\":{\"message\":\"" + message + "\",\"code\":" + code + "}}";
  }

  private static String limited(String source, String more) {
    return "{\"error\":{\"code\":402,\"message\":\"m\",\"metadata\":{\"limit_source\":\""
        + source
        + "\""
        + more
        + "}}}";
  }

  private static String openaiError(String type, String code, String message) {
    String shown = code == null ? "null" : "\"" + code + "\"";
    return "{\"error\":{\"message\":\""
        + message
        + "\",\"type\":\""
        + type
        + "\",\"param\":null,\"code\":"
        + shown
        + "}}";
  }
}
