package dev.latchkey.agent.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.crypto.Keysets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Machines that share a database and get the keyset from a secret store, not from a file. */
@Execution(ExecutionMode.CONCURRENT)
final class SharedKeysetIT {
  @Test
  void theSecondMachineOpensTheKeyOfTheFirstByTheVariableAloneAndNeitherWritesAKeyset()
      throws Exception {
    String keyset = Keysets.generate();
    Postgres.Database database = Postgres.shared().database();
    try (Fleet fleet = Fleet.create("shared-keyset").on(database)) {
      AppProcess first = fleet.start(machine(fleet, "first", keyset)).opened();
      assertThat(first.call().status()).isEqualTo(200);
      AppProcess second = fleet.start(machine(fleet, "second", keyset)).opened();
      assertThat(second.call().status()).isEqualTo(200);

      assertThat(fleet.server().provider().lastRequest().bearer())
          .isEqualTo(fleet.server().latestKey());
      assertThat(fleet.server().provider().provisioningCalls()).isEqualTo(1);
      for (AppProcess app : fleet.apps()) {
        assertThat(app.exit()).isZero();
        assertThat(app.err().with(" WARN ")).isEmpty();
      }
      assertThat(files(fleet.folder())).as("no keyset").containsExactly("latchkey.yaml");
    }
  }

  /** With a home folder of its own, so with no keyset file that another one could have made. */
  private static AppProcess.Plan machine(Fleet fleet, String name, String keyset) throws Exception {
    Path home = Files.createDirectories(fleet.folder().resolve(name));
    AppProcess.Plan plan =
        fleet
            .app()
            .jvm("-Duser.home=" + home)
            .environment("HOME", home.toString())
            .environment("LATCHKEY_KEYSET", keyset);
    String setting = "encryption: {keyset-file: keyset.json}\n";
    assertThat(fleet.config()).contains(setting);
    fleet.write("latchkey.yaml", fleet.config().replace(setting, ""));
    return plan;
  }

  private static List<String> files(Path folder) throws Exception {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .collect(Collectors.toList());
    }
  }
}
