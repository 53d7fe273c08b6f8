package dev.latchkey.core.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.time.TimeSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The first rule that holds decides, whatever stands below it. */
final class RuleOrderTest {
  private static final byte[] ERROR = "{\"error\": 1}".getBytes(StandardCharsets.UTF_8);

  private final Classifier classifier =
      Definitions.load(
              "my-api",
              TimeSource.system(),
              Duration.ofSeconds(10),
              "base-url: https://api.example.com\n"
                  + "attach: {header: X-Key}\n"
                  + "rules:\n"
                  + "  - {status: 200, header: {X-State: dead}, verdict: key-invalid}\n"
                  + "  - {status: [200, 401], verdict: ok}\n"
                  + "  - {status: 200, json: {/error: '*'}, verdict: forbidden}\n"
                  + "  - {status: 201, verdict: key-expired}\n"
                  + "  - {status: 202, json: {/error: '*'}, verdict: forbidden}\n")
          .classifier();

  @Test
  void aboveAStatusEveryRuleCounts() {
    assertThat(verdict(Answers.json(200, "X-State", "dead"))).isEqualTo(Verdict.KEY_INVALID);
    assertThat(verdict(Answers.json(202))).isEqualTo(Verdict.FORBIDDEN);
  }

  @Test
  void belowAStatusNoneDoes() {
    Answers answer = Answers.json(200, "X-State", "alive");
    assertThat(verdict(answer)).isEqualTo(Verdict.OK);
    assertThat(classifier.wantsBody(answer)).isFalse();
  }

  @Test
  void whatTheStatusSaysStandsAgainstTheStandardRules() {
    assertThat(verdict(Answers.json(401))).isEqualTo(Verdict.OK);
    assertThat(verdict(Answers.json(201))).isEqualTo(Verdict.KEY_EXPIRED);
    assertThat(verdict(Answers.json(204))).isEqualTo(Verdict.OK);
  }

  private Verdict verdict(Answers head) {
    return classifier.classify(head, ERROR, Instant.EPOCH).verdict();
  }
}
