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
      AppProcess.Ended sync = command(fleet, "keys", "sync");
      assertThat(sync.exit()).as(sync.toString()).isEqualTo(1);
      assertThat(sync.out() + sync.err()).contains("OPENROUTER_PROVISIONING_KEY");
    }
  }

  @Test
  void withTwoWhereTheSettingsAreWrong() throws Exception {
    try (Fleet fleet = Fleet.create("wrong-settings")) {
      fleet.write("latchkey.yaml", "stor: {}\nproviders:\n  my-api:\n    base-url: nonsense\n");
      for (String[] words : new String[][] {{"check-config"}, {"keys", "list"}}) {
        AppProcess.Ended ended = command(fleet, words);
        assertThat(ended.exit()).as(ended.toString()).isEqualTo(2);
        assertThat(ended.out() + ended.err())
            .contains("latchkey.yaml:1", "stor", "latchkey.yaml:4", "base-url");
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

  private static AppProcess.Ended command(Fleet fleet, String... words) throws Exception {
    Path config = fleet.configFile();
    return fleet.bareApp().environment("LATCHKEY_CONFIG", config.toString()).command(words);
  }
}
