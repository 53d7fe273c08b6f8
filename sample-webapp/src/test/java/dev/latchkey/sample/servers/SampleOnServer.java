package dev.latchkey.sample.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.store.Crowd;
import dev.latchkey.filter.server.Server;
import dev.latchkey.filter.server.ServerKind;
import dev.latchkey.jdbc.TestPostgres;
import dev.latchkey.sample.simulator.Exchange;
import dev.latchkey.sample.simulator.Simulator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packed application, filter inside, on a real server with the packed agent, its keys in
 * PostgreSQL and the provider's simulator beside it: one story, told in order. A subclass names the
 * server.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
abstract class SampleOnServer {
  private static final String PAGE = "/login";
  private static final String STATUS =
      "{\"user\":\"%s\",\"api_key_status\":"
          + "{\"has_key\":true,\"source\":\"%s\",\"synced\":true}}";

  private final ServerKind kind;
  private Simulator simulator;
  private Server server;
  private Path application;
  private Person ada;
  private Person grace;

  SampleOnServer(ServerKind kind) {
    this.kind = kind;
  }

  @BeforeAll
  final void start(@TempDir Path folder) throws Exception {
    Server.Plan plan = Server.plan(kind, folder).prepare();
    application = plan.application();
    War.unpack(kind, application);
    simulator = Simulator.start();
    Path config = folder.resolve("latchkey.yaml");
    Files.write(
        config,
        Arrays.asList(
            "store: {url: '" + TestPostgres.shared().newDatabase() + "'}",
            "providers:",
            "  openrouter:",
            "    base-url: " + simulator.baseUrl(),
            "    provisioning-key: " + simulator.managementKey()));
    Path agent = Paths.get(System.getProperty("latchkey.test.agent"));
    server =
        plan.jvm(
                "-javaagent:" + agent + "=config=" + config,
                "-Dassistant.base-url=" + simulator.baseUrl())
            .start(PAGE);
    ada = Person.ada(server);
    grace = Person.grace(server);
  }

  @AfterAll
  final void stop() throws Exception {
    if (server != null) server.close();
    if (simulator != null) simulator.close();
  }

  @Test
  @Order(1)
  void everyUserAsksWithAKeyOfHisOwnThroughEachClient() throws Exception {
    String page = ada.logIn();
    assertThat(grace.logInByScript()).isEqualTo(String.format(STATUS, "grace", "auto-provisioned"));

    String adas = keyOf(ada, ada.clients());
    String graces = keyOf(grace, grace.clients());

    assertThat(ada.clients()).contains("urlconnection", "okhttp", "apache4", "apache5");
    assertThat(adas).isNotEqualTo(graces);
    assertThat(page).contains("Key: <b class=\"key\">" + adas + "</b>, auto-provisioned");
    assertThat(grace.page()).contains("Key: <b class=\"key\">" + graces + "</b>");
    assertThat(simulator.everIssued()).hasSize(2);
  }

  @Test
  @Order(2)
  void onlyTheKeyThatExpiredIsRenewed() throws Exception {
    String adas = keyOf(ada, ada.clients());
    String graces = keyOf(grace, grace.clients());
    simulator.expireNamed("-ada-");

    assertThat(ada.ask("okhttp")).contains("\"status\":200");

    assertThat(simulator.everIssued()).hasSize(3);
    assertThat(keyOf(ada, ada.clients())).isNotEqualTo(adas);
    assertThat(keyOf(grace, grace.clients())).isEqualTo(graces);
  }

  @Test
  @Order(3)
  void serverAndAgentGetAlong() throws Exception {
    String log = server.log();
    assertThat(log)
        .doesNotContain("LinkageError", "NoClassDefFoundError", "ClassCastException")
        // WildFly's words where an agent touched java.util.logging too early.
        .doesNotContain("LogManager was not properly installed", "WFLYLOG0078");
    for (String secret : simulator.everIssued()) assertThat(log).doesNotContain(secret);
    assertThat(log).doesNotContain(simulator.managementKey());
  }

  @Test
  @Order(4)
  void deployingAgainLeavesNothingBehind() throws Exception {
    String graces = keyOf(grace, grace.clients());
    for (int i = 0; i < 10; i++) {
      redeploy();
      Person again = Person.grace(server);
      assertThat(again.logInByScript()).isEqualTo(String.format(STATUS, "grace", "database"));
      assertThat(keyOf(again, withoutLingeringThreads(again))).isEqualTo(graces);
    }
    assertThat(simulator.everIssued()).hasSize(3);
    // The living one, and the very first, in which the application asked through OkHttp.
    Crowd.await("the old loaders are gone", 90, () -> loaders() <= 2);
  }

  /** Each deployment reads its pages once, so another log-in page tells it from the one before. */
  private void redeploy() throws Exception {
    byte[] change = "<!-- deployed again -->\n".getBytes(StandardCharsets.UTF_8);
    Files.write(application.resolve("WEB-INF/pages/login.html"), change, StandardOpenOption.APPEND);
    server.redeploy(PAGE);
  }

  /** OkHttp's own thread holds the application that used it for minutes after it was closed. */
  private static List<String> withoutLingeringThreads(Person person) throws Exception {
    List<String> clients = person.clients();
    clients.remove("okhttp");
    return clients;
  }

  /** The mask of the one key that all these questions travelled with. */
  private String keyOf(Person person, List<String> clients) throws Exception {
    simulator.takeTraffic();
    for (String client : clients) assertThat(person.ask(client)).contains("\"status\":200");
    Set<String> keys =
        simulator.takeTraffic().stream()
            .filter(Exchange::isChat)
            .map(Exchange::keyMask)
            .collect(Collectors.toSet());
    assertThat(keys).hasSize(1);
    return keys.iterator().next();
  }

  private int loaders() {
    try {
      return server.instances("dev.latchkey.filter.InsideLoader");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
