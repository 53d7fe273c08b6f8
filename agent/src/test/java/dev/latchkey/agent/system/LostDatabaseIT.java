package dev.latchkey.agent.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.agent.system.app.ShopApp;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The database is away, comes back, cannot be written, or does not let us in. */
@Execution(ExecutionMode.CONCURRENT)
final class LostDatabaseIT {
  private static final Duration NOTICED = Duration.ofSeconds(30);
  private static final long LONGEST_START_MILLIS = 20_000;

  @Test
  void callsGoOnWithTheLastKnownKeyWhileTheDatabaseIsStopped() throws Exception {
    try (Postgres postgres = Postgres.start()) {
      Postgres.Database database = postgres.database();
      try (Fleet fleet = Fleet.create("stopped").on(database)) {
        AppProcess app = fleet.start().opened();
        assertThat(app.call().status()).isEqualTo(200);
        try (Traffic traffic = Traffic.through(app)) {
          traffic.awaitMore(20);
          postgres.stop();
          app.err().await("line at the loss", NOTICED, storeLine("disabled"));
          traffic.awaitMore(50);
          postgres.begin();
          app.err().await("line at the recovery", NOTICED, storeLine("recovered"));
          traffic.awaitMore(20);
          assertThat(traffic.end()).containsOnly(200);
        }
        long calls = fleet.server().provider().requestsTo("/api/v1/chat").size();
        Eventually.within(
            NOTICED,
            calls + " calls are counted",
            () -> database.tables().number("select sum(success_count) from key_usage") == calls);
        assertThat(app.err().matching(storeLine("disabled"))).hasSize(1);
        assertThat(app.err().matching(storeLine("recovered"))).hasSize(1);
        assertThat(fleet.server().keys().made()).hasSize(1);
      }
    }
  }

  @Test
  void anApplicationStartsWithoutTheDatabaseAndGetsItsKeyWhenThatIsThere() throws Exception {
    try (Postgres postgres = Postgres.start()) {
      Postgres.Database database = postgres.database();
      postgres.stop();
      try (Fleet fleet = Fleet.create("down").on(database)) {
        fleet.server().keys().accept(ShopApp.PLACEHOLDER);
        AppProcess app = fleet.start().opened();
        Calls.One first = app.call();
        assertThat(first.status()).as("%s", first).isEqualTo(200);
        assertThat(first.millis()).isLessThan(LONGEST_START_MILLIS);
        assertThat(fleet.server().provider().lastRequest().bearer()).isEqualTo(ShopApp.PLACEHOLDER);
        assertThat(app.call("okhttp", 4, 5).statuses()).containsOnly(200);
        assertThat(fleet.server().keys().made()).isEmpty();
        assertThat(app.err().matching(storeLine("disabled"))).hasSize(1);

        postgres.begin();
        Eventually.within(
            NOTICED,
            "a key is provisioned",
            () -> app.call().status() == 200 && !fleet.server().keys().made().isEmpty());
        assertThat(app.err().matching(storeLine("recovered"))).hasSize(1);
        assertThat(database.tables().number("select count(*) from api_keys")).isEqualTo(1);
      }
    }
  }

  @Test
  void aKeyOfTheEnvironmentServesWhileTheDatabaseCannotBeReached() throws Exception {
    try (Fleet fleet =
        Fleet.create("unreachable")
            .store("jdbc:postgresql://localhost:" + closedPort() + "/keys")) {
      String key = "sk-or-v1-from-the-environment-0123456789abcdef";
      fleet.server().keys().accept(key);
      AppProcess app = fleet.start(fleet.app().environment("OPENROUTER_API_KEY", key)).opened();
      Calls calls = app.call("huc", 4, 5);
      assertThat(calls.statuses()).as("%s", calls).containsOnly(200);
      assertThat(calls.slowestMillis()).isLessThan(LONGEST_START_MILLIS);
      assertThat(fleet.server().provider().lastRequest().bearer()).isEqualTo(key);
      assertThat(app.exit()).isZero();
      assertThat(app.err().matching(storeLine("disabled"))).hasSize(1);
    }
  }

  @Test
  void aDatabaseThatCannotBeWrittenServesWhatItHoldsAndCostsNoKey() throws Exception {
    try (Postgres postgres = Postgres.start();
        Fleet fleet = Fleet.create("read-only").on(postgres.database())) {
      AppProcess app = fleet.start().opened();
      assertThat(app.call().status()).isEqualTo(200);
      postgres.makeReadOnly(true);
      AppProcess next = fleet.start().opened();
      assertThat(app.call("huc", 4, 5).statuses()).containsOnly(200);
      assertThat(next.call("okhttp", 4, 5).statuses()).containsOnly(200);

      fleet.server().keys().killAll();
      Calls.One refused = next.call();
      assertThat(refused.status()).as("%s", refused).isEqualTo(401);
      assertThat(refused.text()).contains("User not found.");
      assertThat(fleet.server().keys().made()).as("minted but not storable").hasSize(1);
      next.err().await("line about writing", NOTICED, line -> line.contains("read-only"));
      assertThat(next.err().matching(storeLine("disabled"))).hasSize(1);

      postgres.makeReadOnly(false);
      Eventually.within(NOTICED, "it is renewed", () -> next.call().status() == 200);
      assertThat(fleet.server().keys().made()).hasSize(2);
      next.err().await("line at the recovery", NOTICED, storeLine("recovered"));
      assertThat(next.exit()).isZero();
      assertThat(next.err().matching(storeLine("disabled"))).hasSize(1);
      assertThat(next.err().matching(storeLine("recovered"))).hasSize(1);
    }
  }

  @Test
  void aWrongPasswordIsNamedOnceAndTheCallsGoOutAsTheyAre() throws Exception {
    String password = "correct-horse-battery-staple";
    Postgres.shared().createUser("keeper", password);
    Postgres.Database database = Postgres.shared().database();
    try (Fleet fleet = Fleet.create("password").on(database)) {
      fleet.server().keys().accept(ShopApp.PLACEHOLDER);
      AppProcess app =
          fleet
              .start(
                  fleet
                      .app()
                      .environment("LATCHKEY_STORE_USERNAME", "keeper")
                      .environment("LATCHKEY_STORE_PASSWORD", "wrong-" + password))
              .opened();
      Calls calls = app.call("huc", 4, 5);
      assertThat(calls.statuses()).as("%s", calls).containsOnly(200);
      assertThat(calls.slowestMillis()).isLessThan(LONGEST_START_MILLIS);
      assertThat(app.exit()).isZero();
      assertThat(app.err().matching(storeLine("disabled"))).hasSize(1);
      assertThat(app.err().text()).contains("store.password").doesNotContain(password);
      assertThat(fleet.server().keys().made()).isEmpty();

      AppProcess right =
          fleet
              .start(
                  fleet
                      .app()
                      .environment("LATCHKEY_STORE_USERNAME", "keeper")
                      .environment("LATCHKEY_STORE_PASSWORD", password))
              .opened();
      assertThat(right.call().status()).isEqualTo(200);
      assertThat(fleet.server().keys().made()).hasSize(1);
    }
  }

  private static Predicate<String> storeLine(String event) {
    return line -> line.contains(" latchkey store/- " + event + " ");
  }

  private static int closedPort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }
}
