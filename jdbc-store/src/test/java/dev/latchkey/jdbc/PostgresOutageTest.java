package dev.latchkey.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.key.KeyId;
import dev.latchkey.core.key.KeyStatus;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.key.Secret;
import dev.latchkey.core.store.Crowd;
import dev.latchkey.core.store.KeyStore;
import dev.latchkey.core.store.StoreException;
import dev.latchkey.core.store.StoreSettings;
import dev.latchkey.core.time.TimeSource;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people read, and what goes on working, when PostgreSQL does not. */
class PostgresOutageTest {
  private static final Owner ALICE = Owner.of("alice");
  private static final KeyId ID = KeyId.own("p", ALICE);
  private static final String PASSWORD = "canary-password-4711";

  private final TestPostgres postgres = TestPostgres.shared();

  @AfterEach
  void goOn() {
    postgres.start();
  }

  @Test
  void stoppedAndStartedAgainWhileInUse() throws Exception {
    try (KeyStore store = open(postgres.newDatabase())) {
      store.add(key());
      AtomicInteger failed = new AtomicInteger();
      AtomicInteger worked = new AtomicInteger();
      boolean[] end = {false};

      Crowd.run(
          5,
          i ->
              () -> {
                if (i == 0) {
                  Crowd.await("work", () -> worked.get() > 50);
                  postgres.stop();
                  Crowd.await("failures", () -> failed.get() >= 4);
                  postgres.start();
                  int before = worked.get();
                  Crowd.await("recovery", () -> worked.get() > before + 50);
                  end[0] = true;
                }
                while (!end[0]) use(store, worked, failed);
                return true;
              });

      assertThat(store.find("p", ALICE)).hasSize(1);
    }
  }

  private static void use(KeyStore store, AtomicInteger worked, AtomicInteger failed) {
    try {
      store.mark(ID, 1, KeyStatus.COOLING, Instant.now(), "test");
      worked.incrementAndGet();
    } catch (StoreException e) {
      failed.incrementAndGet();
      assertThat(e.getMessage()).contains("marking key " + ID, "PostgreSQL at 127.0.0.1");
    }
  }

  @Test
  void saysThatNobodyListens() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    refuses("jdbc:postgresql://127.0.0.1:" + port + "/keys?user=secretive&password=" + PASSWORD)
        .contains("PostgreSQL at 127.0.0.1:" + port + "/keys cannot be reached")
        .contains("is it running, and is store.url right?");
  }

  @Test
  void saysThatThereIsNoSuchDatabase() {
    refuses(postgres.newDatabase().replaceFirst("latchkey_", "missing_"))
        .contains("has no such database; create it, or correct store.url");
  }

  @Test
  void saysThatThePasswordIsWrong() throws Exception {
    postgres.requirePassword("secretive", "the-right-one");
    String url = postgres.newDatabase().replaceFirst("user=postgres", "");

    assertThatThrownBy(() -> open(url, "secretive", PASSWORD))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("refuses the user or its password; check store.username")
        .satisfies(PostgresOutageTest::namesNoCredentials);
  }

  @Test
  void saysThatTheUserMayNot() throws Exception {
    postgres.execute("create role powerless login");
    String url = postgres.newDatabase();
    open(url).close();
    execute(url, "grant select on latchkey_schema_history to powerless");

    try (KeyStore store = open(url.replaceFirst("user=postgres", "user=powerless"))) {
      assertThatThrownBy(() -> store.add(key()))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("does not allow this to our user; grant it select, insert")
          .hasMessageNotContaining("sk-or-v1");
    }
  }

  @Test
  void readsWhereItMayNotWrite() {
    String url = postgres.newDatabase();
    try (KeyStore store = open(url)) {
      store.add(key());
    }
    String name = url.replaceAll(".*/|\\?.*", "");
    postgres.execute("alter database " + name + " set default_transaction_read_only = on");

    try (KeyStore store = open(url)) {
      assertThat(store.find("p", ALICE)).hasSize(1);
      assertThat(store.changes(store.changes(null).cursor()).keys()).hasSize(1);
      assertThatThrownBy(() -> store.mark(ID, 1, KeyStatus.INVALID, null, "test"))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("is read-only (a standby?)");
    }
  }

  private static org.assertj.core.api.AbstractStringAssert<?> refuses(String url) {
    StoreException[] thrown = new StoreException[1];
    assertThatThrownBy(() -> open(url))
        .isInstanceOfSatisfying(StoreException.class, e -> thrown[0] = e)
        .satisfies(PostgresOutageTest::namesNoCredentials);
    return assertThat(thrown[0].getMessage());
  }

  private static void namesNoCredentials(Throwable e) {
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).doesNotContain(PASSWORD).doesNotContain("secretive");
  }

  private static void execute(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static KeyStore open(String url) {
    return JdbcStoreContract.open(url, JdbcStoreContract.SEALER);
  }

  private static KeyStore open(String url, String user, String password) {
    return new JdbcKeyStoreProvider()
        .open(
            StoreSettings.of(
                url,
                user,
                Secret.of(password),
                false,
                () -> JdbcStoreContract.SEALER,
                TimeSource.system()));
  }

  private static ManagedKey key() {
    return ManagedKey.builder(ID, "p", ALICE).secret(Secret.of("sk-or-v1-alice")).build();
  }
}
