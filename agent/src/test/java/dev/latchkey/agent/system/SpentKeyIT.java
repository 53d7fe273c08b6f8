package dev.latchkey.agent.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.testkit.FakeKeysApi;
import java.util.List;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A spent or throttled key: the provider's own answer, no key made for it, the reason told once.
 */
@Execution(ExecutionMode.CONCURRENT)
final class SpentKeyIT {
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "402 | Insufficient credits. Add more using https://openrouter.ai/credits"
            + " | exhausted | insufficient credits",
        "403 | Key limit exceeded (daily limit). Manage it using https://openrouter.ai"
            + " | exhausted | limit",
        "429 | Rate limit exceeded: limit_rpm/model-x | cooling | rate limit",
        "429 | Provider returned error | not-replayed | upstream throttles"
      })
  void isTheProvidersAnswerAndBurnsNoRenewal(
      int status, String message, String event, String reason) throws Exception {
    try (Fleet fleet = Fleet.create("spent-" + status + event)) {
      AppProcess app = fleet.start().opened();
      assertThat(app.call().status()).isEqualTo(200);
      fleet.server().keys().failCalls(request -> FakeKeysApi.error(status, message));

      assertThat(app.call("okhttp", 4, 2).statuses()).containsOnly(status);

      assertThat(app.exit()).isZero();
      assertThat(fleet.server().provider().provisioningCalls()).isEqualTo(1);
      List<String> told = app.err().with(" " + event + " ");
      assertThat(told).hasSize(1);
      assertThat(told.get(0)).containsIgnoringCase(reason);
    }
  }
}
