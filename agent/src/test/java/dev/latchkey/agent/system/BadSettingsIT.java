package dev.latchkey.agent.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.latchkey.agent.system.app.ShopApp;
import dev.latchkey.core.testkit.FakeKeysApi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Settings that cannot be used: every fault is told at once, and the application runs as ever. */
@Execution(ExecutionMode.CONCURRENT)
final class BadSettingsIT {
  @Test
  void aFileThatIsNotThereSwitchesTheAgentOffAndSaysSo() throws Exception {
    try (Fleet fleet = Fleet.create("missing")) {
      Path file = fleet.folder().resolve("nowhere.yaml");
      assertThat(runWith(fleet, file)).anyMatch(line -> line.contains("no such file: " + file));
    }
  }

  @Test
  void aFolderInsteadOfAFileSwitchesTheAgentOffAndSaysSo() throws Exception {
    try (Fleet fleet = Fleet.create("folder")) {
      Path folder = Files.createDirectories(fleet.folder().resolve("settings"));
      assertThat(runWith(fleet, folder))
          .anyMatch(line -> line.contains(folder + ":1") && line.contains("a folder"));
    }
  }

  @Test
  void aFileThatMayNotBeReadSwitchesTheAgentOffAndSaysSo() throws Exception {
    try (Fleet fleet = Fleet.create("unreadable")) {
      Path file = fleet.write("secret.yaml", fleet.config());
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
      assumeFalse(Files.isReadable(file), "this user (root?) may read every file");
      assertThat(runWith(fleet, file))
          .anyMatch(line -> line.contains(file + ":1") && line.contains("not readable"));
    }
  }

  @Test
  void aFileWhoseReadingFailsSwitchesTheAgentOffAndSaysSo() throws Exception {
    try (Fleet fleet = Fleet.create("failing")) {
      Path file = UnreadableFile.in(fleet.folder());
      assertTold(runWith(fleet, file), file + ":1", "cannot be read");
    }
  }

  @Test
  void everyBadValueIsToldAtOnceWithItsLine() throws Exception {
    try (Fleet fleet = Fleet.create("values")) {
      Path file =
          fleet.write(
              "latchkey.yaml",
              "store: {url: \"jdbc:oracle:thin:@db\"}\n"
                  + "dry-run: perhaps\n"
                  + "identity:\n"
                  + "  defualt-owner: app\n"
                  + "  max-owners: many\n"
                  + "waits: 10s\n"
                  + "providers:\n"
                  + "  openrouter:\n"
                  + "    base-url: http://openrouter.ai/api/v1\n"
                  + "    renewal-budget: [1, 2]\n"
                  + "  unheard-of: {}\n");
      List<String> err = runWith(fleet, file);
      assertTold(err, file + ":1", "store.url");
      assertTold(err, file + ":2", "dry-run");
      assertTold(err, file + ":4", "defualt-owner", "default-owner");
      assertTold(err, file + ":5", "identity.max-owners");
      assertTold(err, file + ":6", "waits");
      assertTold(err, file + ":9", "base-url", "https");
      assertTold(err, file + ":10", "renewal-budget");
      assertTold(err, file + ":11", "unheard-of");
    }
  }

  @Test
  void badIndentationIsToldWithItsLine() throws Exception {
    try (Fleet fleet = Fleet.create("indentation")) {
      Path file =
          fleet.write(
              "latchkey.yaml",
              "identity:\n    default-owner: app\n  max-owners: 5\nproviders: {openrouter: {}}\n");
      assertTold(runWith(fleet, file), file + ":3");
    }
  }

  @Test
  void aValueThatMayBeASecretIsNotRepeated() throws Exception {
    try (Fleet fleet = Fleet.create("secrets")) {
      String pasted = "sk-or-v1-pasted-where-it-does-not-belong";
      Path file =
          fleet.write(
              "latchkey.yaml",
              "store: {url: \"mysql://app:hunter2hunter2@db/keys\"}\n"
                  + "providers:\n"
                  + "  openrouter:\n"
                  + "    env: [\""
                  + pasted
                  + "\"]\n"
                  + "    provisioning-key: \"two words\"\n");
      List<String> err = runWith(fleet, file);
      assertTold(err, file + ":1", "store.url");
      assertTold(err, file + ":4", "env");
      assertTold(err, file + ":5", "provisioning-key");
      assertThat(String.join("\n", err)).doesNotContain(pasted, "hunter2", "two words");
    }
  }

  /** Runs an application with these settings and answers what it said on stderr. */
  private static List<String> runWith(Fleet fleet, Path config) throws Exception {
    fleet.server().keys().accept(ShopApp.PLACEHOLDER);
    AppProcess app =
        fleet.start(
            fleet
                .bareApp()
                .arguments("config=" + config)
                .environment("OPENROUTER_PROVISIONING_KEY", FakeKeysApi.PROVISIONING_KEY));
    assertThat(app.call("huc", 2, 2).statuses()).containsOnly(200);
    assertThat(app.call("okhttp", 2, 2).statuses()).containsOnly(200);
    assertThat(fleet.server().provider().requests())
        .hasSize(8)
        .allMatch(request -> ShopApp.PLACEHOLDER.equals(request.bearer()));
    assertThat(app.exit()).isZero();
    assertThat(app.out().text()).doesNotContain("latchkey");
    return app.err().all();
  }

  private static void assertTold(List<String> err, String... parts) {
    assertThat(err)
        .as("a line with %s", String.join(" and ", parts))
        .anyMatch(
            line -> {
              for (String part : parts) if (!line.contains(part)) return false;
              return true;
            });
  }
}
