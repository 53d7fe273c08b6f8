package dev.latchkey.agent.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ten JVMs that start together where there are no tables yet: each script runs once. */
final class NewTablesIT {
  private static final int JVMS = 10;
  private static final String HISTORY = "\"latchkey_schema_history\" where \"success\"";

  @Test
  void tenJvmsMakeTheTablesOfOnePostgresOnce() throws Exception {
    Postgres.Database database = Postgres.shared().database();
    try (Fleet fleet = Fleet.create("new-tables").on(database)) {
      callFromAllAtOnce(fleet);
      assertThatEachScriptRanOnce(database.tables());
    }
  }

  @Test
  void tenJvmsMakeTheTablesOfOneEmbeddedDatabaseOnce() throws Exception {
    Tables tables;
    try (Fleet fleet = Fleet.create("new-tables")) {
      callFromAllAtOnce(fleet);
      tables = fleet.h2();
    }
    assertThatEachScriptRanOnce(tables);
  }

  private static void callFromAllAtOnce(Fleet fleet) throws Exception {
    String[] owners = new String[JVMS];
    for (int i = 0; i < JVMS; i++) owners[i] = "-Dlatchkey.identity.default-owner=user" + i;
    List<AppProcess> apps = fleet.startAll(owners);
    for (AppProcess app : apps) app.beginElsewhere();
    for (AppProcess app : apps) app.opened();

    List<AppProcess.Pending> calls = new ArrayList<>();
    for (AppProcess app : apps) calls.add(app.begin("huc", 1, 1));
    for (AppProcess.Pending call : calls) assertThat(call.join().statuses()).containsOnly(200);
    assertThat(fleet.server().mintsByOwner()).hasSize(JVMS);
    assertThat(fleet.server().mintsByOwner().values()).containsOnly(1);
    // One that had lost a race without a lock would have opened its store at the second attempt.
    for (AppProcess app : apps) assertThat(app.err().with(" disabled ")).isEmpty();
  }

  private static void assertThatEachScriptRanOnce(Tables tables) throws Exception {
    long scripts = tables.number("select count(distinct \"version\") from " + HISTORY);
    assertThat(scripts).isPositive();
    assertThat(tables.number("select count(\"version\") from " + HISTORY)).isEqualTo(scripts);
    assertThat(tables.number("select count(*) from api_keys where status = 'active'"))
        .isEqualTo(JVMS);
  }
}
