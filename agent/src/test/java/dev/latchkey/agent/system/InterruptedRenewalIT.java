package dev.latchkey.agent.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A process that dies or stands still between mint and store. Slow on purpose: a lease lasts 30 s
 * or longer, and an orphan is believed to be one 5 s after that.
 */
@Execution(ExecutionMode.CONCURRENT)
final class InterruptedRenewalIT {
  private static final Duration CLEANED = Duration.ofSeconds(75);

  private static final String LEASE_IS_OVER =
      "update key_renewals set lease_until = current_timestamp where state = 'minting'";

  @Test
  void whatAKilledProcessHadMintedIsRevokedByTheNextStart() throws Exception {
    try (Fleet fleet = Fleet.create("killed").settings("waits: {waiter: 15s}\n")) {
      KeysServer.HeldMint held = fleet.server().holdNextMint();
      AppProcess first = fleet.start().opened();
      first.begin("huc", 1, 10);
      held.awaitMade(AppProcess.START);
      String orphan = fleet.server().latestKey();
      first.kill();
      held.release();

      AppProcess second = fleet.start();
      Eventually.within(
          CLEANED,
          "the orphan is revoked",
          () -> {
            second.call();
            return !fleet.server().isAlive(orphan);
          });
      Eventually.within(
          Duration.ofSeconds(30), "it has a key", () -> second.call().status() == 200);
      assertThat(second.err().with("revoked the orphan")).hasSize(1);
      assertThat(second.exit()).isZero();
      assertThat(fleet.server().keys().living()).hasSize(1);
      assertThat(fleet.h2().liveAttempts()).isZero();
      assertThat(fleet.h2().number("select count(*) from api_keys")).isEqualTo(1);
    }
  }

  @Test
  void aLeaseHolderThatStoodStillLosesToTheOneWhoTookOver() throws Exception {
    Postgres.Database database = Postgres.shared().database();
    // The held answer must find its asker still waiting for it when that one goes on.
    try (Fleet fleet =
        Fleet.create("paused").on(database).settings("waits: {provisioning: 2m, waiter: 15s}\n")) {
      AppProcess holder = fleet.start().warm();
      AppProcess other = fleet.start().warm();

      fleet.server().keys().killAll();
      KeysServer.HeldMint held = fleet.server().holdNextMint();
      AppProcess.Pending late = holder.begin("huc", 1, 1);
      held.awaitMade(Duration.ofSeconds(20));
      String loser = fleet.server().latestKey();
      assertNoTransactionIsOpen(database.tables());
      holder.pause();

      Calls.One waited = other.call();
      assertThat(waited.status()).as("it waited as long as it may: %s", waited).isEqualTo(401);
      assertThat(waited.text()).contains("User not found.");
      assertThat(waited.millis()).isBetween(10_000L, 20_000L);
      // Its calls may take 2 minutes, so its lease lasts for more than 4: as if they had passed.
      database.tables().execute(LEASE_IS_OVER);
      Eventually.within(
          Duration.ofSeconds(20), "it takes over", () -> other.call().status() == 200);
      String winner = fleet.server().latestKey();

      held.release();
      holder.resume();
      assertThat(late.join().statuses()).isSubsetOf(200, 401);
      Eventually.within(
          CLEANED, "the loser's key is revoked", () -> !fleet.server().isAlive(loser));
      Eventually.within(Duration.ofSeconds(10), "it works", () -> holder.call().status() == 200);

      assertThat(winner).isNotEqualTo(loser);
      assertThat(fleet.server().isAlive(winner)).isTrue();
      assertThat(fleet.server().mintsByOwner()).containsEntry("app", 3);
      Tables tables = database.tables();
      List<Map<String, String>> keys = tables.rows("select generation, key_hint from api_keys");
      assertThat(keys).hasSize(1);
      assertThat(keys.get(0)).containsEntry("generation", "2");
      assertThat(winner).endsWith(keys.get(0).get("key_hint"));
      assertThat(tables.liveAttempts()).isZero();
    }
  }

  /** While the provider has not answered yet. */
  private static void assertNoTransactionIsOpen(Tables tables) throws Exception {
    String ours =
        "select count(*) from pg_stat_activity"
            + " where datname = current_database() and application_name = 'latchkey'";
    assertThat(tables.number(ours)).as("connections of the applications").isPositive();
    // Other work has a transaction for some milliseconds; the server ends one that stands for 5 s.
    Eventually.within(
        Duration.ofSeconds(2),
        "no transaction is open",
        () -> tables.number(ours + " and state like 'idle in transaction%'") == 0);
  }
}
