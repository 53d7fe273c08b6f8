package dev.latchkey.agent.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.testkit.FakeProvider.Request;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A dry run tells what would be done and does none of it, on a new machine and on a used one. */
@Execution(ExecutionMode.CONCURRENT)
final class DryRunIT {
  private static final String DRY = "-Dlatchkey.dry-run=true";

  @Test
  void onANewMachineNothingIsMade() throws Exception {
    try (Fleet fleet = Fleet.create("dry-new")) {
      fleet.write("latchkey.yaml", fleet.config());
      List<Path> before = files(fleet);

      AppProcess app = goDry(fleet, "a key would be made, stored and attached");

      assertThat(app.exit()).isZero();
      assertThat(files(fleet)).isEqualTo(before);
    }
  }

  @Test
  void inADatabaseWithoutTablesNoneAreMade() throws Exception {
    Postgres.Database database = Postgres.shared().database();
    try (Fleet fleet = Fleet.create("dry-postgres").on(database)) {
      AppProcess app = goDry(fleet, "if it holds no key, a key would be made");

      assertThat(app.exit()).isZero();
      assertThat(
              database.tables().number("select count(*) from pg_tables where schemaname='public'"))
          .isZero();
      assertThat(fleet.folder().resolve("keyset.json")).doesNotExist();
    }
  }

  @Test
  void theTablesKeyIsNamedAndNotAttached() throws Exception {
    Postgres.Database database = Postgres.shared().database();
    try (Fleet fleet = Fleet.create("dry-used").on(database)) {
      AppProcess real = fleet.start();
      assertThat(real.call().status()).isEqualTo(200);
      assertThat(real.exit()).isZero();
      String rows = database.tables().dump();
      int made = fleet.server().provider().provisioningCalls();
      int asked = fleet.server().provider().requests().size();

      String key = fleet.server().latestKey();
      AppProcess app = goDry(fleet, key.substring(key.length() - 4) + " would be attached");
      fleet.server().keys().killAll();
      assertThat(app.call("okhttp", 2, 2).statuses()).containsOnly(401);

      assertThat(app.exit()).isZero();
      List<Request> requests = fleet.server().provider().requests();
      assertThat(requests.subList(asked, requests.size()))
          .allMatch(request -> request.path().contains("chat"));
      assertThat(fleet.server().provider().provisioningCalls()).isEqualTo(made);
      assertThat(database.tables().dump()).isEqualTo(rows);
    }
  }

  private static AppProcess goDry(Fleet fleet, String told) throws Exception {
    AppProcess app = fleet.start(fleet.app().jvm(DRY));
    assertThat(app.call("huc", 4, 3).statuses()).containsOnly(401);
    app.err().await("line that says so", AppProcess.START, line -> line.contains(told));
    assertThat(app.call("okhttp", 4, 3).statuses()).containsOnly(401);
    assertThat(app.err().with("dry run: ")).hasSize(1);
    return app;
  }

  private static List<Path> files(Fleet fleet) throws Exception {
    try (Stream<Path> all = Files.walk(fleet.folder())) {
      return all.sorted().collect(Collectors.toList());
    }
  }
}
