package dev.latchkey.agent.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.testkit.FakeKeysApi;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Applications that come and go over one embedded database. */
@Execution(ExecutionMode.CONCURRENT)
final class RestartIT {
  private static final String COUNTED = "select sum(success_count) from key_usage";

  private static Path lastRows(Fleet fleet) {
    return fleet.folder().resolve("store/h2/keys.rows");
  }

  private static void run(Fleet fleet, int status) throws Exception {
    AppProcess app = fleet.start().opened();
    assertThat(app.call().status()).isEqualTo(status);
    assertThat(app.exit()).as(app.err().text()).isZero();
    assertThat(app.err().with("not written")).isEmpty();
  }

  @Test
  void aRunOfOneCallIsCounted() throws Exception {
    try (Fleet fleet = Fleet.create("short-runs")) {
      int kept = 0;
      for (int i = 0; i < 3; i++) {
        run(fleet, 200);
        kept += Files.exists(lastRows(fleet)) ? 1 : 0;
      }
      assertThat(kept).isPositive(); // A loaded machine may not have the time at each end.
      assertThat(fleet.server().keys().made()).hasSize(1);
      assertThat(fleet.h2().number(COUNTED)).isEqualTo(3);
    }
  }

  @Test
  void whatAKilledOneHadChangedIsKnownToTheNext() throws Exception {
    try (Fleet fleet = Fleet.create("killed-run")) {
      run(fleet, 200);
      AppProcess killed = fleet.start().opened();
      fleet.server().keys().killAll();
      assertThat(killed.call().status()).isEqualTo(200);
      killed.kill();

      theNextKnows(fleet);
    }
  }

  @Test
  void whatACommandHadChangedIsKnownToTheNext() throws Exception {
    try (Fleet fleet = Fleet.create("command-between")) {
      run(fleet, 200);
      String config = fleet.configFile().toString();
      AppProcess.Ended renewed =
          fleet.app().command("keys", "renew", "--user", "app", "--config", config);
      assertThat(renewed.exit()).as(renewed.toString()).isZero();
      FakeKeysApi keys = fleet.server().keys();
      keys.kill(keys.made().get(0).key());
      theNextKnows(fleet);
    }
  }

  /** Of the second key, and so no answer is a refusal. */
  private static void theNextKnows(Fleet fleet) throws Exception {
    AppProcess app = fleet.start().opened();
    assertThat(app.call().status()).isEqualTo(200);
    assertThat(app.err().with("rejected")).isEmpty();
    assertThat(app.exit()).isZero();
    assertThat(fleet.server().keys().made()).hasSize(2);
  }
}
