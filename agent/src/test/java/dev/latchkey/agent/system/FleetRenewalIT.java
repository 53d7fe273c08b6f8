package dev.latchkey.agent.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Many JVMs on one PostgreSQL. */
@Execution(ExecutionMode.CONCURRENT)
final class FleetRenewalIT {
  private static final int THREADS = 16;
  private static final int TIMES = 10;

  @Test
  void deadKeysCostAFleetOneRenewalForEachOwnerAndNoApplicationNotices() throws Exception {
    try (Fleet fleet = Fleet.create("fleet").on(Postgres.shared().database())) {
      List<AppProcess> apps =
          fleet.startAll(
              owner("alice"), owner("alice"), owner("alice"), owner("alice"), owner("bob"));

      for (AppProcess app : apps) app.opened();

      assertThat(statuses(callAll(apps))).containsOnly(200);
      assertThat(fleet.server().mintsByOwner()).containsEntry("alice", 1).containsEntry("bob", 1);

      List<AppProcess.Pending> running = callAll(apps);
      Eventually.within(
          Duration.ofSeconds(60), "calls are under way", () -> answers(running) > 100);
      fleet.server().keys().killAll();
      running.addAll(callAll(apps));

      assertThat(statuses(running)).containsOnly(200);
      assertThat(fleet.server().mintsByOwner()).containsEntry("alice", 2).containsEntry("bob", 2);
      assertThat(fleet.server().mintsByOwner()).hasSize(2);
    }
  }

  @Test
  void noApplicationWaitsForARenewalLongerThanOneDoesByDefault() throws Exception {
    try (Fleet fleet =
        Fleet.create("fleet-defaults").settings("").on(Postgres.shared().database())) {
      List<AppProcess> apps = fleet.startAll(owner("alice"), owner("alice"), owner("alice"));
      for (AppProcess app : apps) app.opened().warm();

      fleet.server().keys().killAll();

      assertThat(statuses(callAll(apps))).containsOnly(200);
      assertThat(fleet.server().mintsByOwner()).containsEntry("alice", 2).hasSize(1);
    }
  }

  private static String owner(String name) {
    return "-Dlatchkey.identity.default-owner=" + name;
  }

  private static List<AppProcess.Pending> callAll(List<AppProcess> apps) throws Exception {
    List<AppProcess.Pending> all = new ArrayList<>();
    for (AppProcess app : apps) {
      all.add(app.begin("huc", THREADS / 2, TIMES));
      all.add(app.begin("okhttp", THREADS / 2, TIMES));
    }
    return all;
  }

  private static int answers(List<AppProcess.Pending> running) {
    return running.stream().mapToInt(calls -> calls.soFar().all().size()).sum();
  }

  private static List<Integer> statuses(List<AppProcess.Pending> running) throws Exception {
    List<Integer> out = new ArrayList<>();
    for (AppProcess.Pending calls : running) out.addAll(calls.join().statuses());
    return out;
  }
}
