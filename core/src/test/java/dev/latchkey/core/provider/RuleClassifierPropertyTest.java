package dev.latchkey.core.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.time.FakeTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every answer there could be. */
final class RuleClassifierPropertyTest {
  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
  private static final Provider[] PROVIDERS = {
    Definitions.preset("openrouter", FakeTime.create()),
    Definitions.preset("openai", FakeTime.create()),
    Definitions.resource("kto"),
    Definitions.resource("google-custom-search"),
    Definitions.resource("serpapi"),
    Definitions.resource("glm")
  };

  @Property
  void whatIsDecidedStaysDecidedAndIsWhatClassifySays(
      @ForAll("providers") Provider provider,
      @ForAll("heads") Answers head,
      @ForAll("bodies") byte[] plain) {
    byte[] body = "gzip".equals(head.header("Content-Encoding")) ? packed(plain) : plain;
    Classifier classifier = provider.classifier();
    Classification whole = classifier.classify(head, body, NOW);
    boolean decided = false;
    for (int length = 0; length <= body.length; length += 1 + length / 40) {
      boolean now = classifier.decided(head, body, length);
      assertThat(now || !decided).as("decided at fewer bytes than %d", length).isTrue();
      decided = now;
      if (!decided) continue;
      Classification part = classifier.classify(head, Arrays.copyOf(body, length), NOW);
      assertThat(part).hasToString(whole.toString());
      assertThat(part.retryAt()).isEqualTo(whole.retryAt());
    }
  }

  @Property
  void nothingThrows(
      @ForAll("providers") Provider provider,
      @ForAll int status,
      @ForAll String type,
      @ForAll String retryAfter,
      @ForAll byte[] body) {
    Answers head =
        Answers.plain(
            status, "Content-Type", type, "Retry-After", retryAfter, "Content-Encoding", "gzip");
    provider.classifier().wantsBody(head);
    provider.classifier().decided(head, body, body.length);
    assertThat(provider.classifier().classify(head, body, NOW)).isNotNull();
    assertThat(provider.classifier().classify(Answers.plain(status), body, NOW)).isNotNull();
  }

  @Property(tries = 50)
  void enoughIsAlwaysEnough(@ForAll("providers") Provider provider, @ForAll("heads") Answers head) {
    byte[] body = new byte[Classifier.PEEK_LIMIT];
    Arrays.fill(body, (byte) ' ');
    assertThat(provider.classifier().decided(head, body, body.length)).isTrue();
  }

  @Provide
  Arbitrary<Provider> providers() {
    return Arbitraries.of(PROVIDERS);
  }

  @Provide
  Arbitrary<Answers> heads() {
    return Combinators.combine(
            Arbitraries.of(200, 201, 400, 401, 402, 403, 429, 434, 500, 503),
            Arbitraries.of("application/json", "text/xml", "text/plain", "text/event-stream"),
            Arbitraries.of("identity", "gzip", "br"),
            Arbitraries.of("", "7", "x"))
        .as(
            (status, type, coding, retry) ->
                Answers.plain(
                    status,
                    "Content-Type",
                    type,
                    "Content-Encoding",
                    coding,
                    "Retry-After",
                    retry));
  }

  /** Pieces of real answers in any order, so that many are nearly right. */
  @Provide
  Arbitrary<byte[]> bodies() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"",
            " ",
            "null",
            "429",
            "-1.5e3",
            "\\u12",
            "\\",
            "\"error\":",
            "\"code\":",
            "\"message\":",
            "\"metadata\":",
            "\"id\":",
            "\"choices\":",
            "\"limit_source\":",
            "\"headers\":",
            "\"X-RateLimit-Reset\":",
            "\"1772668800000\"",
            "\"401\"",
            "401",
            "\"1302\"",
            "\"1308\"",
            "\"errors\":[{\"reason\":",
            "\"Key limit exceeded (daily limit)\"",
            "\"User not found.\"",
            "\"insufficient_quota\"",
            "\"type\":",
            "\"openrouter_key_limit\"",
            "<returnReasonCode>",
            "30",
            "</returnReasonCode>",
            "<![CDATA[",
            "]]>",
            "<a:returnReasonCode x='1'>",
            "<resultCode/>",
            "run out of searches",
            "é",
            "한",
            "API_KEY_INVALID",
            "\u0000");
    return pieces
        .list()
        .ofMaxSize(40)
        .map(list -> String.join("", list).getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] packed(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }
}
