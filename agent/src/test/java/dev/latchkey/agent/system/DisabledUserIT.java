package dev.latchkey.agent.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command changes in the table is known to the JVMs that run. */
@Execution(ExecutionMode.CONCURRENT)
final class DisabledUserIT {
  /** A second is promised; a loaded machine is given four more. */
  private static final Duration SOON = Duration.ofSeconds(5);

  private static final String LISTENING =
      "select count(*) from pg_stat_activity where datname = current_database()"
          + " and query like 'listen %'";

  @ParameterizedTest(name = "store.notify {0}")
  @ValueSource(strings = {"false", "true"})
  void getsNoKeyInAnyJvmUntilHeIsEnabled(String notify) throws Exception {
    Postgres.Database database = Postgres.shared().database();
    try (Fleet fleet = Fleet.create("disabled").on(database)) {
      String flag = "-Dlatchkey.store.notify=" + notify;
      List<AppProcess> apps = fleet.startAll(flag, flag);
      for (AppProcess app : apps) app.opened().warm();
      if (notify.equals("true")) {
        Eventually.within(
            AppProcess.START, "both listen", () -> database.tables().number(LISTENING) == 2);
      }

      command(fleet, "disable");
      // The placeholder of the application goes out, and is refused.
      for (AppProcess app : apps) soon(app, 401);
      command(fleet, "enable");
      for (AppProcess app : apps) soon(app, 200);

      assertThat(fleet.server().keys().made()).hasSize(1);
      for (AppProcess app : apps) assertThat(app.exit()).isZero();
    }
  }

  private static void soon(AppProcess app, int status) throws Exception {
    Eventually.within(SOON, "answers are " + status, () -> app.call().status() == status);
  }

  private static void command(Fleet fleet, String what) throws Exception {
    String config = fleet.configFile().toString();
    AppProcess.Ended ended = fleet.app().command("keys", what, "--user", "app", "--config", config);
    assertThat(ended.exit()).as(ended.toString()).isZero();
  }
}
