package dev.latchkey.core.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.latchkey.core.key.Secret;
import dev.latchkey.core.time.TimeSource;
import dev.latchkey.core.yaml.Faults;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Definitions that are no presets: the loader reads any, and no Java is needed. */
final class OwnDefinitionsTest {
  /** 14:06 in Seoul, 22:06 the day before in Los Angeles. */
  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

  static Stream<Arguments> answers() {
    return Stream.of(
        arguments(
            "kto", 200, gateway("30", "SERVICE_KEY_IS_NOT_REGISTERED_ERROR"), "key-invalid", null),
        arguments("kto", 200, gateway("31", "DEADLINE_HAS_EXPIRED_ERROR"), "key-expired", null),
        arguments("kto", 200, gateway("22", "LIMITED"), "quota-exhausted", "2026-03-04T15:00:00Z"),
        arguments("kto", 200, gateway("23", "LIMITED"), "rate-limited", "2026-03-04T05:06:08Z"),
        arguments("kto", 200, gateway("32", "UNREGISTERED_IP_ERROR"), "forbidden", null),
        arguments("kto", 200, gateway("33", "UNSIGNED_CALL_ERROR"), "bad-request", null),
        arguments("kto", 200, gateway("05", "SERVICETIMEOUT_ERROR"), "transient", null),
        arguments("kto", 200, gateway("<![CDATA[30]]>", "x"), "key-invalid", null),
        arguments(
            "kto",
            403,
            "{\"OpenAPI_ServiceResponse\":{\"cmmMsgHeader\":{\"errMsg\":\"SERVICE ERROR\","
                + "\"returnAuthMsg\":\"x\",\"returnReasonCode\":\"30\"}}}",
            "key-invalid",
            null),
        arguments(
            "kto",
            200,
            "{\"response\":{\"header\":{\"resultCode\":\"0000\",\"resultMsg\":\"OK\"},\"body\":"
                + "{\"items\":\"\",\"totalCount\":0}}}",
            "ok",
            null),
        arguments(
            "kto",
            200,
            "{\"responseTime\":\"t\",\"resultCode\":\"10\",\"resultMsg\":\"INVALID_REQUEST\"}",
            "bad-request",
            null),
        arguments("kto", 401, "Unauthorized", "key-invalid", null),
        arguments("kto", 403, "Forbidden", "forbidden", null),
        arguments(
            "kto", 429, "API token quota exceeded", "quota-exhausted", "2026-03-04T15:00:00Z"),
        arguments("kto", 429, "API rate limit exceeded", "rate-limited", "2026-03-04T05:07:07Z"),
        arguments("kto", 502, "Error forwarding request to backend server", "transient", null),
        arguments(
            "google-custom-search",
            400,
            "{\"error\":{\"code\":400,\"message\":\"API key not valid. Please pass a valid API"
                + " key.\",\"status\":\"INVALID_ARGUMENT\",\"details\":[{\"@type\":\"x\"},{\"@type\":"
                + "\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":\"API_KEY_INVALID\","
                + "\"domain\":\"googleapis.com\"}]}}",
            "key-invalid",
            null),
        arguments(
            "google-custom-search",
            400,
            "{\"error\":{\"code\":400,\"status\":\"INVALID_ARGUMENT\"}}",
            "bad-request",
            null),
        arguments(
            "google-custom-search",
            429,
            "{\"error\":{\"code\":429,\"message\":\"Quota exceeded for quota metric 'Queries' and"
                + " limit 'Queries per day' of service 'customsearch.googleapis.com'\","
                + "\"errors\":[{\"reason\":\"rateLimitExceeded\"}]}}",
            "quota-exhausted",
            "2026-03-04T08:00:00Z"),
        arguments(
            "google-custom-search",
            429,
            "{\"error\":{\"code\":429,\"message\":\"Quota exceeded ... limit 'Queries per minute per"
                + " user'\"}}",
            "rate-limited",
            "2026-03-04T05:07:07Z"),
        arguments(
            "google-custom-search",
            403,
            "{\"error\":{\"errors\":[{\"domain\":\"usageLimits\",\"reason\":\"dailyLimitExceeded\"}],"
                + "\"code\":403}}",
            "quota-exhausted",
            "2026-03-04T08:00:00Z"),
        arguments(
            "google-custom-search",
            403,
            "{\"error\":{\"code\":403,\"status\":\"PERMISSION_DENIED\",\"details\":[{\"reason\":"
                + "\"SERVICE_DISABLED\"}]}}",
            "forbidden",
            null),
        arguments(
            "serpapi", 401, "{\"error\":\"Invalid API key. Your API key\"}", "key-invalid", null),
        arguments(
            "serpapi",
            429,
            "{\"error\":\"Your account has run out of searches.\"}",
            "quota-exhausted",
            null),
        arguments("serpapi", 429, "{\"error\":\"x\"}", "rate-limited", "2026-03-04T06:06:07Z"),
        arguments(
            "serpapi",
            200,
            "{\"search_metadata\":{\"status\":\"Success\"},\"error\":\"Google hasn't returned any"
                + " results for this query.\"}",
            "ok",
            null),
        arguments("glm", 401, glm("1000"), "key-invalid", null),
        arguments("glm", 401, glm("1003"), "key-expired", null),
        arguments("glm", 429, glm("1113"), "out-of-credit", null),
        arguments("glm", 429, glm("1302"), "rate-limited", "2026-03-04T05:06:17Z"),
        arguments("glm", 429, glm("1304"), "quota-exhausted", "2026-03-04T16:00:00Z"),
        arguments("glm", 429, glm("1305"), "transient", null),
        arguments("glm", 400, glm("1211"), "bad-request", null),
        arguments("glm", 434, glm("1220"), "forbidden", null),
        arguments("glm", 434, "", "unknown", null));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void says(String definition, int status, String body, String verdict, String retryAt) {
    Classifier classifier = Definitions.resource(definition).classifier();
    Answers head = Answers.plain(status);
    byte[] seen =
        classifier.wantsBody(head) ? body.getBytes(StandardCharsets.UTF_8) : Classifier.NO_BODY;
    Classification said = classifier.classify(head, seen, NOW);
    assertThat(said.verdict().text()).as("%s %s", body, said).isEqualTo(verdict);
    assertThat(said.retryAt()).isEqualTo(retryAt == null ? null : Instant.parse(retryAt));
  }

  @Test
  void ktoKeysTravelEncodedOnceHoweverTheyWereStored() {
    Attachment attachment = Definitions.resource("kto").attachment();
    String once = "serviceKey=a%2Bb%2Fc%3D%3D";
    assertThat(attachment.query(null, Secret.of("a+b/c=="))).isEqualTo(once);
    assertThat(attachment.query(null, Secret.of("a%2Bb%2Fc%3D%3D"))).isEqualTo(once);
  }

  @Test
  void twoPlacesAreOneProvider() {
    Provider glm = Definitions.resource("glm");
    assertThat(glm.manages("https", "api.z.ai", -1, "/api/paas/v4/chat/completions")).isTrue();
    assertThat(glm.manages("https", "open.bigmodel.cn", 443, "/api/paas/v4/x")).isTrue();
    assertThat(glm.api().canProbe()).isFalse();
    assertThat(glm.api().canMint()).isFalse();
    assertThat(glm.environmentVariable()).isEmpty();
    assertThat(glm.keyFile()).isNull();
  }

  @Test
  void threeLinesMakeAProvider() {
    Provider provider =
        Definitions.load(
            "mine",
            TimeSource.system(),
            Duration.ofSeconds(1),
            "base-url: https://api.example.com\nattach: {header: X-API-Key}");
    assertThat(provider.attachment().headers(Secret.of("k"))).hasToString("[X-API-Key=k]");
    assertThat(verdict(provider, 401)).isEqualTo(Verdict.KEY_INVALID);
    assertThat(verdict(provider, 429)).isEqualTo(Verdict.RATE_LIMITED);
    assertThat(verdict(provider, 200)).isEqualTo(Verdict.OK);
    assertThat(verdict(provider, 418)).isEqualTo(Verdict.UNKNOWN);
    assertThat(verdict(provider, 777)).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void anOperatorsRulesComeBeforeThePresets() {
    Provider provider =
        Definitions.load(
            "openrouter",
            TimeSource.system(),
            Duration.ofSeconds(1),
            "rules: [{status: 401, verdict: unknown}]\nattach: {query: k}\nkey: {prefix: x-}");
    assertThat(verdict(provider, 401)).isEqualTo(Verdict.UNKNOWN);
    assertThat(verdict(provider, 402)).isEqualTo(Verdict.OUT_OF_CREDIT);
    assertThat(provider.attachment().queryName()).isEqualTo("k");
    assertThat(provider.attachment().headerName()).isNull();
  }

  @Test
  void badDefinitionsAreTold() {
    Faults faults = Faults.create();
    String yaml =
        String.join(
            "\n",
            "base-url: https://x.example",
            "attach: {header: 'a b'}",
            "key: {min-length: 9, max-length: 8}",
            "rules:",
            "  - {status: 6xx, verdict: ok}",
            "  - {status: 401, verdict: dead}",
            "  - {verdict: ok}",
            "  - {json: {error: x}, verdict: ok}",
            "  - {status: 401, verdict: ok, retry: later}",
            "  - {status: 401, verdict: ok, retry: [{as: seconds}]}",
            "  - {staus: 401, verdict: ok}",
            "probe: {request: FETCH /x}",
            "provision: {request: 'POST /k/{nmae}', answer: {key: key}}",
            "revoke: {request: 'DELETE http://evil.example/{ref}', gone: [no]}",
            "list: {request: GET /k}",
            "quota: {zone: Mars/Base}");
    Provider provider =
        Definitions.tryLoad("mine", TimeSource.system(), Duration.ofSeconds(1), yaml, faults);
    assertThat(provider).isNull();
    List<String> lines = faults.lines();
    for (int line = 2; line <= 16; line++) {
      String at = "test.yaml:" + line + " ";
      if (line != 4) assertThat(lines).as(at).anyMatch(l -> l.startsWith(at));
    }
  }

  @Test
  void patternsCannotBacktrack() {
    StringBuilder pattern = new StringBuilder();
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < 200; i++) pattern.append("a*");
    for (int i = 0; i < 8000; i++) body.append('a');
    Glob glob = Glob.within(pattern + "b");
    // With backtracking this would outlive the universe.
    assertThat(glob.matches(body.toString())).isFalse();
    assertThat(glob.matches(body + "b")).isTrue();
  }

  private static Verdict verdict(Provider provider, int status) {
    return provider.classifier().classify(Answers.plain(status), Classifier.NO_BODY, NOW).verdict();
  }

  private static String gateway(String code, String message) {
    return "<OpenAPI_ServiceResponse>\n<cmmMsgHeader><errMsg>SERVICE ERROR</errMsg>\n<returnAuthMsg>"
        + message
        + "</returnAuthMsg><returnReasonCode>"
        + code
        + "</returnReasonCode></cmmMsgHeader></OpenAPI_ServiceResponse>";
  }

  private static String glm(String code) {
    return "{\"error\":{\"code\":\"" + code + "\",\"message\":\"余额不足或无可用资源包,请充值。\"}}";
  }
}
