package dev.latchkey.core.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.core.key.Secret;
import dev.latchkey.core.key.SecretAccess;
import dev.latchkey.core.testkit.FakeKeysApi;
import dev.latchkey.core.testkit.FakeProvider;
import dev.latchkey.core.testkit.FakeProvider.Reply;
import dev.latchkey.core.time.FakeTime;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Key management over real HTTP on loopback, good and bad. */
final class HttpProviderApiTest {
  private final FakeProvider server = FakeProvider.start();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void makesProbesFindsAndRevokesAKey() throws Exception {
    ProviderApi api = openrouter("limit: 2.50", "limit-reset: monthly").api();
    ProviderApi.Minted minted =
        api.mint(new ProviderApi.MintRequest("auto-renewed-x", Duration.ofHours(1)));
    FakeKeysApi.Row row = server.keys().made().get(0);
    assertThat(text(minted.secret())).isEqualTo(row.key());
    assertThat(minted.ref()).isEqualTo(row.hash());
    assertThat(minted.expiresAt()).isEqualTo(Instant.parse("2026-01-01T01:00:00Z"));
    assertThat(row.request().toString())
        .isEqualTo(
            "{\"name\":\"auto-renewed-x\",\"limit\":2.5,\"limit_reset\":\"monthly\","
                + "\"expires_at\":\"2026-01-01T01:00:00Z\"}");
    assertThat(api.probe(minted.secret()).verdict()).isEqualTo(Verdict.OK);
    assertThat(api.findByName("auto-renewed-x"))
        .extracting(ProviderApi.RemoteKey::ref)
        .containsExactly(row.hash());
    assertThat(api.findByName("somebody")).isEmpty();
    api.revoke(row.hash());
    assertThat(api.probe(minted.secret()).verdict()).isEqualTo(Verdict.KEY_INVALID);
    api.revoke(row.hash());
  }

  @Test
  void leavesOutWhatIsNotSet() throws Exception {
    openrouter().api().mint(new ProviderApi.MintRequest("n", null));
    assertThat(server.keys().made().get(0).request().toString()).isEqualTo("{\"name\":\"n\"}");
  }

  @Test
  void readsTheKeyFromDataTooAndDerivesTheReference() throws Exception {
    String key = "sk-or-v1-0123456789abcdef0123456789abcdef";
    server.handle(r -> Reply.json(201, "{\"data\":{\"key\":\"" + key + "\"}}"));
    ProviderApi.Minted minted = openrouter().api().mint(request());
    assertThat(text(minted.secret())).isEqualTo(key);
    assertThat(minted.ref()).isEqualTo(Secret.of(key).fingerprint());
  }

  @Test
  void aRefusalIsCertain() {
    for (int status : new int[] {301, 400, 401, 403, 404, 422}) {
      server.keys().failProvisioning(status);
      ProvisioningException e = failure();
      assertThat(e.isUncertain()).as("%d", status).isFalse();
      assertThat(e).hasMessageContaining(Integer.toString(status)).hasMessageContaining("scripted");
    }
    server.handle(r -> FakeKeysApi.error(429, "slow down").header("Retry-After", "17"));
    assertThat(failure().retryAfter()).isEqualTo(Duration.ofSeconds(17));
  }

  @Test
  void noClearAnswerIsUncertain() {
    server.keys().failProvisioning(500);
    assertThat(failure().isUncertain()).isTrue();
    server.keys().failProvisioning(0);
    for (String body :
        new String[] {"", "{}", "[1", "<html>", "{\"key\":null}", "{\"key\":\"a b c d e f\"}"}) {
      server.keys().spoilMinted(r -> Reply.json(201, body));
      assertThat(failure().isUncertain()).as(body).isTrue();
    }
    server.keys().spoilMinted(r -> Reply.json(201, "{\"key\":\"x\"").cut());
    assertThat(failure().isUncertain()).isTrue();
    server.keys().spoilMinted(r -> Reply.raw(new byte[0]));
    assertThat(failure().isUncertain()).isTrue();
  }

  @Test
  void aGiantAnswerIsCutOff() {
    byte[] half = new byte[512 * 1024];
    server.handle(
        r ->
            Reply.streaming(
                201,
                "application/json",
                out -> {
                  for (int i = 0; i < 10_000; i++) out.write(half);
                }));
    ProvisioningException e = failure();
    assertThat(e.isUncertain()).isTrue();
    assertThat(e).hasMessageContaining("more than 65536 bytes");
  }

  @Test
  void aHangEndsWithTheTimeout() {
    server.keys().hangProvisioning();
    ProvisioningException e =
        catchThrowableOfType(
            ProvisioningException.class,
            () -> provider(Duration.ofMillis(200), server.url("/api/v1")).api().mint(request()));
    assertThat(e.isUncertain()).isTrue();
    assertThat(e).hasMessageContaining("nothing within 200 ms");
  }

  @Test
  void garbageInsteadOfTlsIsUncertain() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    try (ServerSocket garbage = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
      Thread thread = new Thread(() -> babble(garbage, done), "tls-garbage");
      thread.setDaemon(true);
      thread.start();
      String url = "https://127.0.0.1:" + garbage.getLocalPort();
      ProvisioningException e =
          catchThrowableOfType(
              ProvisioningException.class,
              () -> provider(Duration.ofSeconds(5), url).api().mint(request()));
      assertThat(e.isUncertain()).isTrue();
      assertThat(e).hasMessageContaining("gave no answer");
    }
  }

  @Test
  void nobodyListeningIsCertain() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = free.getLocalPort();
    }
    Provider provider = provider(Duration.ofSeconds(5), "http://127.0.0.1:" + port);
    ProvisioningException e =
        catchThrowableOfType(ProvisioningException.class, () -> provider.api().mint(request()));
    assertThat(e.isUncertain()).isFalse();
    Classification probed = provider.api().probe(Secret.of("sk-or-v1-0123456789abcdef"));
    assertThat(probed.verdict()).isEqualTo(Verdict.TRANSIENT);
  }

  @Test
  void aRedirectIsNotFollowed() throws Exception {
    try (FakeProvider other = FakeProvider.start()) {
      server.handle(r -> Reply.empty(307).header("Location", other.url("/keys")));
      ProvisioningException e = failure();
      assertThat(e.isUncertain()).isFalse();
      assertThat(other.requests()).isEmpty();
      assertThat(openrouter().api().probe(Secret.of("sk-or-v1-0123456789abcdef")).verdict())
          .isEqualTo(Verdict.UNKNOWN);
    }
  }

  @Test
  void anEchoedKeyIsMasked() {
    String other = "sk-or-v1-77777777777777777777777777777777";
    server.handle(
        r -> FakeKeysApi.error(403, "bad " + FakeKeysApi.PROVISIONING_KEY + " or " + other));
    ProvisioningException e = failure();
    assertThat(e.getMessage())
        .doesNotContain(FakeKeysApi.PROVISIONING_KEY)
        .doesNotContain(other)
        .contains("bad ***************0001 or ****");
    assertThat(e.getCause()).isNull();
  }

  @Test
  void aListIsReadToItsEnd() throws Exception {
    for (int i = 0; i < 250; i++)
      openrouter().api().mint(new ProviderApi.MintRequest("n" + i, null));
    assertThat(openrouter().api().findByName("n3")).hasSize(1);
    assertThat(server.requestsTo("/api/v1/keys?offset")).hasSize(4);
  }

  @Test
  void openaiMakesAndDeletesAServiceAccount() throws Exception {
    String accounts = "/v1/organization/projects/proj_1/service_accounts";
    server.handle(
        r -> {
          if (r.method().equals("POST")) {
            return Reply.json(
                200,
                "{\"object\":\"organization.project.service_account\",\"id\":\"svc_acct_abc\","
                    + "\"name\":\"n\",\"role\":\"member\",\"created_at\":1,\"api_key\":{\"value\":"
                    + "\"sk-svcacct-0123456789abcdef\",\"id\":\"key_abc\"}}");
          }
          if (r.method().equals("DELETE")) return Reply.json(200, "{\"deleted\":true}");
          String page = r.target().contains("after=a2") ? "a3" : "a2";
          return Reply.json(
              200,
              "{\"data\":[{\"id\":\""
                  + page
                  + "\",\"name\":\"n\"}],\"has_more\":"
                  + page.equals("a2")
                  + "}");
        });
    Provider openai =
        Definitions.preset(
            "openai",
            FakeTime.create(),
            "base-url: " + server.url("/v1"),
            "provisioning-key: sk-admin-0123456789abcdef",
            "parameters: {project: proj_1}");
    ProviderApi.Minted minted = openai.api().mint(new ProviderApi.MintRequest("n", null));
    assertThat(text(minted.secret())).isEqualTo("sk-svcacct-0123456789abcdef");
    assertThat(minted.ref()).isEqualTo("svc_acct_abc");
    assertThat(server.lastRequest().target()).isEqualTo(accounts);
    assertThat(server.lastRequest().bearer()).isEqualTo("sk-admin-0123456789abcdef");
    assertThat(openai.api().findByName("n"))
        .extracting(ProviderApi.RemoteKey::ref)
        .containsExactly("a2", "a3");
    assertThat(server.requestsTo(accounts + "?limit=100").get(0).query()).isEqualTo("limit=100");
    openai.api().revoke("svc acct/1");
    assertThat(server.lastRequest().target()).isEqualTo(accounts + "/svc%20acct%2F1");
  }

  @Test
  void withoutAProvisioningKeyNothingIsAsked() {
    Provider provider =
        Definitions.preset("openrouter", FakeTime.create(), "base-url: " + server.url(""));
    assertThat(provider.api().canMint()).isFalse();
    ProvisioningException e =
        catchThrowableOfType(ProvisioningException.class, () -> provider.api().mint(request()));
    assertThat(e).hasMessageContaining("no provisioning key is set");
    assertThat(server.requests()).isEmpty();
  }

  private ProvisioningException failure() {
    return catchThrowableOfType(
        ProvisioningException.class, () -> openrouter().api().mint(request()));
  }

  private static ProviderApi.MintRequest request() {
    return new ProviderApi.MintRequest("n", null);
  }

  private Provider openrouter(String... settings) {
    return provider(Duration.ofSeconds(10), server.url("/api/v1"), settings);
  }

  private static Provider provider(Duration timeout, String url, String... settings) {
    String[] all = new String[settings.length + 2];
    all[0] = "base-url: " + url;
    all[1] = "provisioning-key: " + FakeKeysApi.PROVISIONING_KEY;
    System.arraycopy(settings, 0, all, 2, settings.length);
    return Definitions.preset("openrouter", FakeTime.create(), timeout, all);
  }

  private static String text(Secret secret) {
    return secret.reveal(SecretAccess.granted());
  }

  private static void babble(ServerSocket listener, CountDownLatch done) {
    try (Socket socket = listener.accept();
        InputStream in = socket.getInputStream()) {
      in.read();
      socket.getOutputStream().write("no TLS here\r\n".getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
    } catch (Exception e) {
      // The client hung up, which is all it can do.
    } finally {
      done.countDown();
    }
  }
}
