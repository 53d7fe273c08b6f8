package dev.latchkey.agent.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.latchkey.core.testkit.FakeKeysApi;
import java.nio.file.Path;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The loop as the README promises it: the flag, a provisioning key, nothing else. */
@Execution(ExecutionMode.CONCURRENT)
final class EveryJavaIT {
  @ParameterizedTest(name = "Java {0}")
  @ValueSource(strings = {"8", "11", "17", "21", "25"})
  void oneFlagAndAProvisioningKeyAreEnoughAndNothingIsSaidThatNobodyNeeds(String version)
      throws Exception {
    Path java = Jdks.all().get(version);
    assumeTrue(java != null, "JAVA_HOME_" + version + " does not name a JDK");
    try (Fleet fleet = Fleet.create("java-" + version)) {
      AppProcess app = fleet.start(onlyTheFlag(fleet).java(java));
      assertThat(app.call("huc", 4, 2).statuses()).containsOnly(200);
      assertThat(app.call("okhttp", 4, 2).statuses()).containsOnly(200);
      fleet.server().keys().killAll();
      assertThat(app.call("huc", 4, 2).statuses()).containsOnly(200);
      fleet.server().keys().killAll();
      assertThat(app.call("okhttp", 4, 2).statuses()).containsOnly(200);
      assertThat(fleet.server().mintsByOwner()).containsEntry("app", 3).hasSize(1);

      assertThat(app.exit()).isZero();
      assertThat(app.err().all())
          .allMatch(line -> line.matches("\\S+Z (INFO|WARN) latchkey openrouter/app [a-z-]+ .*"))
          .anyMatch(line -> line.contains(" provisioned "))
          .anyMatch(line -> line.contains(" rejected "))
          .anyMatch(line -> line.contains(" renewed "))
          .anyMatch(line -> line.contains(" replayed "));
      assertThat(app.out().all())
          .allMatch(line -> line.matches("(started|answer|done|ended)\\b.*"));
      assertThat(fleet.folder().resolve(".latchkey")).isDirectory();
    }
  }

  private static AppProcess.Plan onlyTheFlag(Fleet fleet) {
    return fleet
        .bareApp()
        .jvm("-Dlatchkey.providers.openrouter.base-url=" + fleet.server().baseUrl())
        .jvm("-Dlatchkey.waits.waiter=60s")
        .environment("OPENROUTER_PROVISIONING_KEY", FakeKeysApi.PROVISIONING_KEY);
  }
}
