package dev.latchkey.agent.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.agent.contract.Tls;
import dev.latchkey.core.testkit.FakeKeysApi;
import dev.latchkey.core.testkit.FakeProvider;
import dev.latchkey.core.testkit.FakeProvider.Reply;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The key is dead and no other is to be had: the application gets the provider's own 401, soon, and
 * the keys API is not asked once a call.
 */
@Execution(ExecutionMode.CONCURRENT)
final class FailingProvisioningIT {
  private static final String ORIGINAL =
      "{\"error\":{\"message\":\"User not found.\",\"code\":401}}";
  private static final String WAITS = "waits: {provisioning: 2s, waiter: 3s}\n";
  private static final long LONGEST_MILLIS = 10_000;

  @Test
  void aWrongProvisioningKeyGivesTheOriginal401AndOneAttempt() throws Exception {
    assertOriginal("refused-401", "401", "failed", keys -> keys.failProvisioning(401));
  }

  @Test
  void aProvisioningKeyWithoutTheRightGivesTheOriginal401AndOneAttempt() throws Exception {
    assertOriginal("refused-403", "403", "failed", keys -> keys.failProvisioning(403));
  }

  @Test
  void aKeysApiThatFailsGivesTheOriginal401AndAFewAttempts() throws Exception {
    assertOriginal("failing-500", "500", "abandoned", keys -> keys.failProvisioning(500));
  }

  @Test
  void anAnswerWithoutAKeyGivesTheOriginal401AndLeavesAnOrphanToRevoke() throws Exception {
    assertOriginal(
        "keyless",
        "without a key",
        "abandoned",
        keys -> keys.spoilMinted(request -> Reply.json(201, "{\"data\":{}}")));
  }

  @Test
  void aKeysApiThatHangsGivesTheOriginal401InTime() throws Exception {
    assertOriginal("hanging", "", "abandoned", FakeKeysApi::hangProvisioning);
  }

  @Test
  void aKeysApiWhoseCertificateNobodyKnowsGivesTheOriginal401() throws Exception {
    Postgres.Database database = Postgres.shared().database();
    try (Fleet fleet = Fleet.create("tls").on(database).settings(WAITS);
        FakeProvider impostor = FakeProvider.start(tlsListener())) {
      String url = "https://localhost:" + impostor.port() + "/api/v1";
      // Keys are managed at the first one; the application calls the second.
      AppProcess app =
          fleet
              .start(
                  fleet
                      .app()
                      .jvm(
                          "-Dlatchkey.providers.openrouter.base-url="
                              + url
                              + ","
                              + fleet.server().baseUrl()))
              .opened();
      Calls calls = app.call("huc", 4, 3);
      assertThat(calls.all()).allMatch(FailingProvisioningIT::isOriginal);
      assertThat(calls.slowestMillis()).isLessThan(LONGEST_MILLIS);
      app.err().await("renewal-failed", AppProcess.START, line -> line.contains("renewal-failed"));
      assertThat(app.call().status()).isEqualTo(401);
      assertThat(impostor.requests()).isEmpty();
      assertThat(app.exit()).isZero();
      assertThat(app.err().with("renewal-failed")).hasSize(1);
      assertThat(database.tables().liveAttempts()).isZero();
    }
  }

  @Test
  void aWrongProvisioningKeyAtTheFirstCallGivesTheOriginal401AndFewAttempts() throws Exception {
    try (Fleet fleet = Fleet.create("refused-first").settings(WAITS)) {
      fleet.server().keys().failProvisioning(401);
      AppProcess app = fleet.start().opened();
      long began = System.nanoTime();
      Calls calls = app.call("huc", 8, 5);
      // Where making the tables takes longer than calls wait, the attempt comes after them.
      app.err().await("renewal-failed", AppProcess.START, line -> line.contains("renewal-failed"));
      long seconds = (System.nanoTime() - began) / 1_000_000_000L;

      assertThat(calls.all()).allMatch(FailingProvisioningIT::isOriginal);
      assertThat(calls.slowestMillis()).isLessThan(LONGEST_MILLIS);
      int attempts = fleet.server().provider().provisioningCalls();
      assertThat(attempts).as("40 calls in %s s", seconds).isBetween(1, 2 + (int) seconds);
      assertThat(app.exit()).isZero();
      assertThat(app.err().with("renewal-failed"))
          .isNotEmpty()
          .hasSizeLessThanOrEqualTo(attempts)
          .allMatch(line -> line.contains("401"));
    }
  }

  @Test
  void withoutAProvisioningKeyTheCallsGoOutAsTheyAreAndOneLineNamesTheVariable() throws Exception {
    try (Fleet fleet = Fleet.create("no-provisioning-key").settings(WAITS)) {
      fleet.write("latchkey.yaml", fleet.config());
      AppProcess app =
          fleet.start(fleet.bareApp().arguments("config=" + fleet.configFile())).opened();

      assertThat(app.call("huc", 4, 3).all()).allMatch(FailingProvisioningIT::isOriginal);
      assertThat(app.call("okhttp", 4, 3).all()).allMatch(FailingProvisioningIT::isOriginal);

      assertThat(app.exit()).isZero();
      assertThat(fleet.server().provider().provisioningCalls()).isZero();
      assertThat(app.err().with("OPENROUTER_PROVISIONING_KEY")).hasSize(1);
    }
  }

  private static void assertOriginal(
      String name, String reason, String state, Consumer<FakeKeysApi> fault) throws Exception {
    Postgres.Database database = Postgres.shared().database();
    try (Fleet fleet = Fleet.create(name).on(database).settings(WAITS)) {
      AppProcess app = fleet.start().warm();
      int before = fleet.server().provider().provisioningCalls();
      fleet.server().keys().killAll();
      fault.accept(fleet.server().keys());

      long began = System.nanoTime();
      Calls calls = app.call("huc", 8, 5);
      Calls more = app.call("okhttp", 8, 5);
      long seconds = (System.nanoTime() - began) / 1_000_000_000L;

      assertThat(calls.all()).allMatch(FailingProvisioningIT::isOriginal);
      assertThat(more.all()).allMatch(FailingProvisioningIT::isOriginal);
      assertThat(Math.max(calls.slowestMillis(), more.slowestMillis())).isLessThan(LONGEST_MILLIS);
      int attempts = fleet.server().provider().provisioningCalls() - before;
      assertThat(attempts).as("80 calls in %s s", seconds).isBetween(1, 2 + (int) seconds);
      Tables tables = database.tables();
      Eventually.within(
          java.time.Duration.ofSeconds(10), "no attempt is open", () -> tables.liveAttempts() == 0);
      List<Map<String, String>> attemptsNoted =
          tables.rows("select state, error from key_renewals where generation = 1");
      assertThat(attemptsNoted).isNotEmpty().allMatch(row -> row.get("state").equals(state));
      assertThat(app.exit()).isZero();
      assertThat(app.err().with("renewal-failed"))
          .isNotEmpty()
          .hasSizeLessThanOrEqualTo(attempts)
          .allMatch(line -> line.contains(reason));
    }
  }

  private static boolean isOriginal(Calls.One call) {
    return call.status() == 401 && call.text().equals(ORIGINAL);
  }

  private static ServerSocket tlsListener() throws Exception {
    char[] word = "changeit".toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (java.io.InputStream in = Files.newInputStream(Tls.file())) {
      store.load(in, word);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, word);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context
        .getServerSocketFactory()
        .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
  }
}
