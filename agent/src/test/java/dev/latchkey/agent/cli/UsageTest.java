package dev.latchkey.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said to people who ask how, and to those who mistype. */
class UsageTest {
  private static Run run(String... arguments) {
    return Run.of(
        config -> {
          throw Refusal.notUnderstood("latchkey.yaml:3 store.url: is wrong");
        },
        arguments);
  }

  @Test
  void theVersionIsTheBuilds() {
    Run run = run("--version");
    assertThat(run.out).matches("latchkey \\d+\\.\\d+\\.\\d+\\S* \\(Java \\S+\\)\\R");
    assertThat(run.code).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "check-config --help", "keys list --help", "keys sync -h"})
  void helpIsFine(String line) {
    Run run = run(line.split(" "));
    assertThat(run.out).contains("Usage: latchkey");
    assertThat(run.code).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "keys",
        "nonsense",
        "keys nonsense",
        "keys list --nonsense",
        "keys list --limit many"
      })
  void mistypingIsAUsageFault(String line) {
    Run run = line.isEmpty() ? run() : run(line.split(" "));
    assertThat(run.err).contains("Usage: latchkey");
    assertThat(run.code).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "test-store",
        "keys list",
        "keys sync",
        "keys ensure",
        "keys renew",
        "keys disable --user alice",
        "keys enable --user alice"
      })
  void faultySettingsAreToldAndNothingIsDone(String line) {
    Run run = run(line.split(" "));
    assertThat(run.everything()).contains("latchkey.yaml:3 store.url: is wrong");
    assertThat(run.code).isEqualTo(2);
    Run json = run((line + " --json").split(" "));
    assertThat(json.out).contains("\"faults\" : [ \"latchkey.yaml:3 store.url: is wrong\" ]");
    assertThat(json.code).isEqualTo(2);
  }
}
