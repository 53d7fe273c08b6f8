package dev.latchkey.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.key.KeyId;
import dev.latchkey.core.key.KeyStatus;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.key.Secret;
import dev.latchkey.core.store.Crowd;
import dev.latchkey.core.store.KeyStore;
import dev.latchkey.core.store.StoreSettings;
import dev.latchkey.core.time.TimeSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How many connections a store holds, as PostgreSQL sees it, and what the listening one is for. */
class ConnectionsTest {
  private static final Owner ALICE = Owner.of("alice");
  private static final KeyId ID = KeyId.own("p", ALICE);

  private final String url = TestPostgres.shared().newDatabase();

  @Test
  void areTwoAtMost() throws Exception {
    assertThat(mostSeen(false)).isBetween(1, 2);
  }

  @Test
  void areTwoAtMostWithTheListeningOne() throws Exception {
    assertThat(mostSeen(true)).isBetween(1, 2);
  }

  private int mostSeen(boolean notify) throws Exception {
    AtomicInteger most = new AtomicInteger();
    try (KeyStore store = open(notify)) {
      store.listen(() -> {});
      store.add(ManagedKey.builder(ID, "p", ALICE).secret(Secret.of("0123456789")).build());
      Crowd.run(
          9,
          i ->
              () -> {
                for (int k = 0; k < 20; k++) {
                  if (i == 0) most.accumulateAndGet(connections(), Math::max);
                  if (i > 0) store.mark(ID, 1, KeyStatus.COOLING, Instant.now(), "test");
                }
                return true;
              });
    }
    Crowd.await("all are closed", () -> connections() == 0);
    return most.get();
  }

  @Test
  void areNoneWhileNothingHappens() throws Exception {
    Duration idle = Duration.ofMillis(400);
    Database database =
        PostgresDatabase.of(
            StoreSettings.of(
                url, null, null, false, () -> JdbcStoreContract.SEALER, TimeSource.system()));
    try (Pool pool =
        Pool.open(database, 2, idle, new Farewell(database, JdbcStoreContract.SEALER))) {
      assertThat(connections()).isZero();
      pool.take().close();
      assertThat(connections()).isEqualTo(1);
      Crowd.await("the server sees none", 30, () -> connections() == 0);
      pool.take().close();
      assertThat(connections()).isEqualTo(1);
    }
    assertThat(Pool.IDLE).isLessThanOrEqualTo(Duration.ofSeconds(25));
  }

  @Test
  void theListeningOneHearsAtOnceAndComesBack() {
    try (KeyStore hears = open(true);
        KeyStore speaks = open(true)) {
      AtomicInteger heard = new AtomicInteger();
      hears.listen(heard::incrementAndGet);
      Crowd.await("it listens", () -> heard.get() == 1);
      speaks.add(ManagedKey.builder(ID, "p", ALICE).secret(Secret.of("0123456789")).build());
      Crowd.await("it hears", 4, () -> heard.get() == 2);

      TestPostgres.shared()
          .execute(
              "select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen%'"
                  + " and datname = '"
                  + url.replaceAll(".*/|\\?.*", "")
                  + "'");
      Crowd.await("it listens again", () -> heard.get() >= 3);
      int before = heard.get();
      speaks.mark(ID, 1, KeyStatus.INVALID, null, "test");
      Crowd.await("it hears again", 4, () -> heard.get() > before);
    }
  }

  private KeyStore open(boolean notify) {
    return new JdbcKeyStoreProvider()
        .open(
            StoreSettings.of(
                url, null, null, notify, () -> JdbcStoreContract.SEALER, TimeSource.system()));
  }

  private int connections() {
    String count =
        "select count(*) from pg_stat_activity where datname = current_database()"
            + " and application_name = 'latchkey'";
    try (Connection c = DriverManager.getConnection(url + "&ApplicationName=test");
        Statement s = c.createStatement();
        ResultSet row = s.executeQuery(count)) {
      row.next();
      return row.getInt(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
