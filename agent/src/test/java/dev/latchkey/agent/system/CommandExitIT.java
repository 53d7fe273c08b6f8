package dev.latchkey.agent.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** How {@code java -jar latchkey-agent.jar} ends where something is wrong. */
@Execution(ExecutionMode.CONCURRENT)
final class CommandExitIT {
  @Test
  void withOneWhereNoKeyIsToBeHad() throws Exception {
    try (Fleet fleet = Fleet.create("no-key")) {
      fleet.write("latchkey.yaml", fleet.config());
      AppProcess.Ended sync = command(fleet, fleet.configFile(), "keys", "sync");
      assertThat(sync.exit()).as(sync.toString()).isEqualTo(1);
      assertThat(sync.out() + sync.err()).contains("OPENROUTER_PROVISIONING_KEY");
    }
  }

  @Test
  void withTwoWhereTheSettingsAreWrong() throws Exception {
    try (Fleet fleet = Fleet.create("wrong-settings")) {
      fleet.write("latchkey.yaml", "stor: {}\nproviders:\n  my-api:\n    base-url: nonsense\n");
      for (String[] words : new String[][] {{"check-config"}, {"keys", "list"}}) {
        assertTwo(
            command(fleet, fleet.configFile(), words),
            "latchkey.yaml:1",
            "stor",
            "latchkey.yaml:4",
            "base-url");
      }
    }
  }

  @Test
  void withTwoWhereTheSettingsCannotBeRead() throws Exception {
    try (Fleet fleet = Fleet.create("unreadable-settings")) {
      Path file = UnreadableFile.in(fleet.folder());
      for (String[] words : new String[][] {{"check-config"}, {"keys", "list"}}) {
        assertTwo(command(fleet, fleet.folder(), words), fleet.folder() + ":1", "a folder");
        assertTwo(command(fleet, file, words), file + ":1", "cannot be read");
      }
    }
  }

  @Test
  void withTwoWhereThereIsNoSuchCommand() throws Exception {
    try (Fleet fleet = Fleet.create("no-command")) {
      AppProcess.Ended ended = fleet.bareApp().command("kyes", "list");
      assertThat(ended.exit()).as(ended.toString()).isEqualTo(2);
      assertThat(ended.err()).contains("kyes");
    }
  }

  private static void assertTwo(AppProcess.Ended ended, String... parts) {
    assertThat(ended.exit()).as(ended.toString()).isEqualTo(2);
    assertThat(ended.out() + ended.err()).contains(parts);
  }

  private static AppProcess.Ended command(Fleet fleet, Path config, String... words)
      throws Exception {
    return fleet.bareApp().environment("LATCHKEY_CONFIG", config.toString()).command(words);
  }
}
