package dev.latchkey.filter.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.store.Crowd;
import dev.latchkey.core.testkit.FakeKeysApi;
import dev.latchkey.core.testkit.FakeProvider;
import dev.latchkey.filter.probe.AliveServlet;
import dev.latchkey.filter.probe.ForwardedServlet;
import dev.latchkey.filter.probe.LoginServlet;
import dev.latchkey.filter.probe.LogoutServlet;
import dev.latchkey.filter.probe.StatusServlet;
import dev.latchkey.filter.probe.WhoServlet;
import dev.latchkey.filter.server.Reply;
import dev.latchkey.filter.server.Server;
import dev.latchkey.filter.server.ServerKind;
import dev.latchkey.filter.server.TestApplication;
import dev.latchkey.filter.server.Visitor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The filter in a real server, with the agent, in front of an application that does what
 * applications do. A subclass names the server.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
abstract class FilterContract {
  private static final String MERGED =
      "{ \"user\": \"%s\",\"api_key_status\":"
          + "{\"has_key\":true,\"source\":\"auto-provisioned\",\"synced\":true} }\n";
  private static final String PLAIN = "{ \"user\": \"%s\" }\n";
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final ServerKind kind;
  private final FakeProvider provider = FakeProvider.start();
  private Server server;

  FilterContract(ServerKind kind) {
    this.kind = kind;
  }

  @BeforeAll
  final void start(@TempDir Path folder) throws Exception {
    Path config = folder.resolve("latchkey.yaml");
    Files.write(
        config,
        Arrays.asList(
            "identity: {trusted-proxies: [127.0.0.1]}",
            "providers:",
            "  openrouter:",
            "    base-url: " + provider.url("/api/v1"),
            "    provisioning-key: " + FakeKeysApi.PROVISIONING_KEY));
    Path agent = Paths.get(System.getProperty("latchkey.test.agent"));
    Server.Plan plan = Server.plan(kind, folder).prepare();
    TestApplication.create()
        .parameter("user", "session:user")
        .parameter("login-path", "/in/login")
        .parameter("login-json", "true")
        // Longer than the default: a machine that runs all tests is slow.
        .parameter("sync-timeout", "5s")
        .servlet(LoginServlet.class, "/in/login")
        .servlet(ForwardedServlet.class, "/in/forwarded")
        .servlet(LogoutServlet.class, "/in/logout")
        .servlet(StatusServlet.class, "/in/status")
        .servlet(WhoServlet.class, "/in/who")
        .servlet(WhoServlet.class, "/out/who")
        .servlet(AliveServlet.class, "/out/alive")
        .write(kind, plan.application(), LoginServlet.class.getPackage(), "/in/*");
    server = plan.jvm("-javaagent:" + agent + "=config=" + config).start("/out/alive");
  }

  @AfterAll
  final void stop() throws Exception {
    if (server != null) server.close();
    provider.close();
  }

  @Test
  void everyUserWhoLogsInGetsAKeyOfHisOwn() throws Exception {
    String alice = name("alice");
    String bob = name("bob");
    int before = provider.keys().made().size();
    Visitor one = Visitor.of(server);
    assertThat(login(one, alice, "plain").text()).isEqualTo(String.format(MERGED, alice));
    assertThat(login(Visitor.of(server), bob, "plain").text())
        .isEqualTo(String.format(MERGED, bob));
    assertThat(provider.keys().made().size() - before).isEqualTo(2);
    assertThat(one.get("/in/status").text())
        .contains("user=" + alice, "status=ready", "has_key=true", "source=auto-provisioned")
        .doesNotContain("sk-or-v1-");
  }

  @Test
  void secondSessionReadsTheKeyFromTheTable() throws Exception {
    String user = name("dora");
    Visitor first = Visitor.of(server);
    login(first, user, "plain");
    first.post("/in/logout", "");
    assertThat(login(Visitor.of(server), user, "plain").text()).contains("\"source\":\"database\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"plain", "stream", "length", "forward", "async", "async-own", "async-dispatch"})
  void statusIsMergedHoweverTheAnswerIsMade(String how) throws Exception {
    String user = name("müller");
    Reply reply = login(Visitor.of(server), user, how);
    assertThat(reply.text()).isEqualTo(String.format(MERGED, user));
    String length = reply.header("Content-Length");
    if (length != null) assertThat(length).isEqualTo(String.valueOf(reply.body().length));
  }

  @ParameterizedTest
  @CsvSource({"latin1, ISO-8859-1, müller", "korean, EUC-KR, 한국", "utf16, UTF-16, 한국"})
  void statusIsMergedInEveryCharset(String how, String charset, String name) throws Exception {
    String user = name(name);
    Reply reply = login(Visitor.of(server), user, how);
    assertThat(reply.text(Charset.forName(charset))).isEqualTo(String.format(MERGED, user));
  }

  @Test
  void statusIsMergedIntoACompressedAnswer() throws Exception {
    String user = name("gil");
    Reply reply = login(Visitor.of(server), user, "gzip");
    assertThat(reply.header("Content-Encoding")).isEqualTo("gzip");
    assertThat(unzip(reply.body())).isEqualTo(String.format(MERGED, user));
  }

  @Test
  void statusIsMergedIntoAnAnswerThatWasFlushed() throws Exception {
    String user = name("flo");
    assertThat(login(Visitor.of(server), user, "flush").text())
        .startsWith("{\"user\":\"" + user + "\",\"api_key_status\":{")
        .endsWith("}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "array | 200 | [1, 2 ]",
        "broken | 200 | {\"user\": oops",
        "html | 200 | <p>{\"user\":1}</p>",
        "empty | 204 | ''"
      })
  void otherAnswersPassUntouched(String how, int status, String text) throws Exception {
    Reply reply = login(Visitor.of(server), name("otto"), how);
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.text()).isEqualTo(text);
  }

  @Test
  void answerThatIsTooBigPassesUntouched() throws Exception {
    Reply reply = login(Visitor.of(server), name("bigge"), "big");
    assertThat(reply.body()).hasSize(400_000 + "{\"much\":\"\"}".length());
  }

  @Test
  void fiftyMegabytesStream() throws Exception {
    Reply reply = login(Visitor.of(server), name("huge"), "huge");
    assertThat(reply.body()).hasSize(50 * 1024 * 1024 + "{\"much\":\"\"}".length());
  }

  @Test
  void answerThatHasBegunBeforeItsContentPassesUntouched() throws Exception {
    String user = name("early");
    Visitor visitor = Visitor.of(server);
    assertThat(login(visitor, user, "committed").text()).isEqualTo(String.format(PLAIN, user));
    awaitReady(visitor, "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "o'); drop table api_keys; --",
        "line\nbreak\u0000\u001b[31m",
        "\uD83D\uDD11 \uD83D\uDE80 \uD55C\uAD6D",
        "*",
        "LONG"
      })
  void strangeUsersAreServedLikeAnyOther(String text) throws Exception {
    StringBuilder user = new StringBuilder(name(""));
    while (text.equals("LONG") && user.length() < 10_000) user.append("0123456789");
    if (!text.equals("LONG")) user.append(text);
    Visitor visitor = Visitor.of(server);
    assertThat(visitor.post("/in/login?how=html", "name=" + encoded(user.toString())).status())
        .isEqualTo(200);
    awaitReady(visitor, "");
  }

  @Test
  void blankUserIsNobody() throws Exception {
    Visitor visitor = Visitor.of(server);
    assertThat(login(visitor, "  ", "plain").text()).isEqualTo(String.format(PLAIN, "  "));
    assertThat(visitor.get("/in/who").text()).isEqualTo("null");
  }

  @Test
  void redirectAfterALoginIsTheApplications() throws Exception {
    Visitor visitor = Visitor.of(server);
    String user = name("rita");
    Reply reply = login(visitor, user, "redirect");
    assertThat(reply.status()).isEqualTo(302);
    assertThat(reply.header("Location")).endsWith("status");
    awaitReady(visitor, user);
  }

  @ParameterizedTest
  @ValueSource(strings = {"error", "throw", "async-late"})
  void applicationsErrorPageIsWhatItWouldBe(String how) throws Exception {
    Reply reply = login(Visitor.of(server), name("eve"), how);
    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.text()).doesNotContain("half").doesNotContain("api_key_status");
  }

  @Test
  void loginThatFailedSyncsNobody() throws Exception {
    int before = provider.keys().made().size();
    Visitor visitor = Visitor.of(server);
    Reply reply = login(visitor, name("mallory"), "wrong");
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.text()).isEqualTo("{\"error\":\"name or password is wrong\"}");
    assertThat(provider.keys().made()).hasSize(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"new-id", "new-session"})
  void newSessionIdAtLoginDoesNotSyncTwice(String how) throws Exception {
    String user = name("fix");
    Visitor visitor = Visitor.of(server);
    visitor.get("/in/status");
    assertThat(login(visitor, user, how).text()).isEqualTo(String.format(MERGED, user));
    assertThat(visitor.get("/in/status").text()).contains("source=auto-provisioned");
    assertThat(keysOf(user)).hasSize(1);
  }

  @Test
  void tenLoginsOfOneUserAtOnceMakeOneKey() throws Exception {
    String user = name("crowd");
    List<String> answers =
        Crowd.run(10, i -> () -> login(Visitor.of(server), user, "plain").text());
    assertThat(answers).allMatch(answer -> answer.contains("\"has_key\":true"));
    assertThat(keysOf(user)).hasSize(1);
  }

  @Test
  void slowProviderDelaysNoLoginBeyondTheTimeout() throws Exception {
    String user = name("slow");
    Visitor visitor = Visitor.of(server);
    provider.keys().hangProvisioning();
    try {
      long begun = System.nanoTime();
      Reply reply = login(visitor, user, "plain");
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
      assertThat(seconds).isBetween(4L, 15L);
      assertThat(reply.text())
          .contains("{\"has_key\":false,\"source\":null,\"synced\":false,\"status\":\"pending\"}");
    } finally {
      provider.keys().release();
    }
    awaitReady(visitor, user);
  }

  @Test
  void userIsTheOwnerWhileHisRequestRuns() throws Exception {
    Visitor visitor = Visitor.of(server);
    String user = name("olga");
    login(visitor, user, "plain");
    assertThat(visitor.get("/in/who").text()).isEqualTo(user);
    assertThat(visitor.get("/in/who?how=forward").text()).isEqualTo(user);
    assertThat(Visitor.of(server).get("/in/who").text()).isEqualTo("null");
    assertThat(visitor.get("/in/who?how=async-dispatch").text()).isEqualTo("ASYNC " + user);
    assertThat(visitor.get("/in/who?how=async-complete").text()).startsWith("elsewhere ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"plain", "throw", "forward", "async-complete", "async-dispatch", "async-timeout"})
  void threadIsNobodysAfterwards(String how) throws Exception {
    Visitor visitor = Visitor.of(server);
    login(visitor, name("thea"), "plain");
    List<String> owners = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      Crowd.run(10, i -> () -> visitor.get("/in/who?how=" + how).status());
      owners.addAll(Crowd.run(20, i -> () -> Visitor.of(server).get("/out/who").text()));
    }
    assertThat(owners).hasSize(60).containsOnly("null");
  }

  @Test
  void logoutForgets() throws Exception {
    String user = name("lou");
    Visitor visitor = Visitor.of(server);
    login(visitor, user, "plain");
    visitor.post("/in/logout", "");
    assertThat(visitor.get("/in/who").text()).isEqualTo("null");
    assertThat(visitor.get("/in/status").text()).doesNotContain(user);
  }

  @Test
  void deployingAgainLeavesNothingBehind() throws Exception {
    for (int i = 0; i < 10; i++) {
      login(Visitor.of(server), name("deploy"), "plain");
      server.redeploy("/out/alive");
    }
    // OkHttp's and Okio's own threads live for a minute after their last work.
    Crowd.await("the old loaders are gone", 150, () -> loaders() <= 2);
  }

  private int loaders() {
    try {
      return server.instances("dev.latchkey.filter.InsideLoader");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static Reply login(Visitor visitor, String user, String how) throws IOException {
    return visitor.post("/in/login?how=" + how + "&name=" + encoded(user), "");
  }

  private static void awaitReady(Visitor visitor, String user) {
    Crowd.await(
        "the session knows of the key of " + user,
        () -> {
          try {
            String status = visitor.get("/in/status").text();
            return status.contains("status=ready") && status.contains("user=" + user);
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
  }

  private List<String> keysOf(String user) {
    List<String> names = new ArrayList<>();
    for (FakeKeysApi.Row row : provider.keys().made()) {
      if (row.name().contains("-" + user.substring(0, Math.min(8, user.length())) + "-")) {
        names.add(row.name());
      }
    }
    return names;
  }

  /** Another user in every test, told apart by his first characters. */
  private static String name(String user) {
    return NUMBER.incrementAndGet() + user;
  }

  private static String encoded(String text) throws IOException {
    return java.net.URLEncoder.encode(text, "UTF-8");
  }

  private static String unzip(byte[] packed) throws IOException {
    try (Scanner in =
        new Scanner(
            new GZIPInputStream(new ByteArrayInputStream(packed)), StandardCharsets.UTF_8.name())) {
      return in.useDelimiter("\\A").next();
    }
  }
}
