package dev.latchkey.filter.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.store.Crowd;
import dev.latchkey.core.testkit.FakeKeysApi;
import dev.latchkey.core.testkit.FakeProvider;
import dev.latchkey.filter.probe.LoginServlet;
import dev.latchkey.filter.probe.StatusServlet;
import dev.latchkey.filter.probe.WhoServlet;
import dev.latchkey.filter.server.Server;
import dev.latchkey.filter.server.ServerKind;
import dev.latchkey.filter.server.TestApplication;
import dev.latchkey.filter.server.Visitor;
import dev.latchkey.jdbc.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other ways to set the filter up, good and bad ones, each in a Tomcat 10.1 of its own. */
final class SetUpIT {
  private static final ServerKind KIND = ServerKind.TOMCAT_10_1;

  private final FakeProvider provider = FakeProvider.start();
  @TempDir Path folder;

  @AfterEach
  void stop() {
    provider.close();
  }

  @Test
  void userOfATrustedProxysHeaderIsBelieved() throws Exception {
    config("identity: {trusted-proxies: [127.0.0.0/8]}");
    try (Server server = start("user", "header:X-User")) {
      Visitor visitor = Visitor.of(server).header("X-User", "alice");
      assertThat(visitor.get("/in/who").text()).isEqualTo("alice");
      assertThat(visitor.get("/in/who").text()).isEqualTo("alice");
      Crowd.await("his key is made", () -> provider.keys().made().size() == 1);
    }
  }

  @Test
  void userOfAnybodyElsesHeaderIsNot() throws Exception {
    config("identity: {trusted-proxies: [203.0.113.0/24]}");
    try (Server server = start("user", "header:X-User")) {
      Visitor visitor = Visitor.of(server).header("X-User", "alice");
      assertThat(visitor.get("/in/who").text()).isEqualTo("null");
      assertThat(provider.keys().made()).isEmpty();
    }
  }

  @Test
  void userOfALoginsParameterIsRemembered() throws Exception {
    config("");
    try (Server server = start("user", "param:name", "login-path", "/in/login")) {
      Visitor visitor = Visitor.of(server);
      visitor.post("/in/login?how=plain", "name=m%C3%BCller");
      assertThat(visitor.get("/in/who").text()).isEqualTo("müller");
      assertThat(visitor.get("/in/who?name=mallory").text()).isEqualTo("müller");
      awaitReady(visitor);
    }
  }

  @Test
  void userOfTheContainersOwnLogInIsKnownWithoutAnySetting() throws Exception {
    config("");
    TestApplication application = application().onlyFor("staff", "/in/*");
    Server.Plan plan = plan(application);
    know("alice", plan.base());
    try (Server server = plan.start("/out/who")) {
      String alice = Base64.getEncoder().encodeToString("alice:secret".getBytes(UTF_8));
      Visitor visitor = Visitor.of(server).header("Authorization", "Basic " + alice);
      assertThat(visitor.get("/in/who").text()).isEqualTo("alice");
      assertThat(Visitor.of(server).get("/in/who").status()).isEqualTo(401);
      Crowd.await("the key of alice is made", () -> provider.keys().made().size() == 1);
    }
  }

  @Test
  void everyFaultIsToldAndEveryRequestPasses() throws Exception {
    config("stoer: {url: memory}");
    try (Server server = start("user", "sesion:user", "login-paht", "/in/login")) {
      Visitor visitor = Visitor.of(server);
      assertThat(visitor.post("/in/login?how=plain&name=alice", "").text())
          .isEqualTo("{ \"user\": \"alice\" }\n");
      assertThat(visitor.get("/in/status").text()).isEqualTo("null");
      assertThat(server.log())
          .contains("init parameter login-paht: no such parameter; did you mean login-path?")
          .contains("init parameter user: allowed: principal, session:NAME")
          .contains("stoer")
          .contains("off: the filter cannot be used as it is configured");
    }
  }

  @Test
  void configurationThatIsMissingIsNamed() throws Exception {
    try (Server server = start("config", "/etc/latchkey/missing.yaml")) {
      assertThat(Visitor.of(server).get("/in/who").status()).isEqualTo(200);
      assertThat(server.log()).contains("no such file: /etc/latchkey/missing.yaml");
    }
  }

  @Test
  void databaseThatIsDownBreaksNoLogin() throws Exception {
    config("store: {url: 'jdbc:postgresql://127.0.0.1:1/keys'}");
    try (Server server =
        start("user", "session:user", "login-path", "/in/login", "login-json", "true")) {
      Visitor visitor = Visitor.of(server);
      assertThat(visitor.post("/in/login?how=plain&name=alice", "").text())
          .contains(
              "\"has_key\":false,\"source\":null,\"synced\":false,\"status\":\"unavailable\"");
      assertThat(visitor.get("/in/status").text()).contains("status=unavailable");
    }
  }

  @Test
  void keysMayLiveBehindTheContainersDataSource() throws Exception {
    String url = TestPostgres.shared().newDatabase();
    config("");
    Server.Plan plan =
        plan("user", "session:user", "login-path", "/in/login", "data-source", "jdbc/keys");
    offerDataSource(plan.base(), url);
    try (Server server = plan.start("/out/who")) {
      Visitor visitor = Visitor.of(server);
      visitor.post("/in/login?how=plain&name=alice", "");
      awaitReady(visitor);
    }
    assertThat(owners(url)).isEqualTo("alice");
  }

  /** On a slow machine the key may come after the login. */
  private static void awaitReady(Visitor visitor) {
    Crowd.await(
        "the session knows of the key",
        () -> {
          try {
            return visitor.get("/in/status").text().contains("status=ready");
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
  }

  private static void offerDataSource(Path base, String url) throws IOException {
    Files.createDirectories(base.resolve("lib"));
    Path driver =
        Paths.get(
            org.postgresql.Driver.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
    Files.copy(driver, base.resolve("lib/postgresql.jar"));
    String resource =
        "<Context><WatchedResource>WEB-INF/web.xml</WatchedResource>"
            + "<Resource name='jdbc/keys' auth='Container' type='javax.sql.DataSource'"
            + " driverClassName='org.postgresql.Driver' maxTotal='4' url='"
            + url.replace("&", "&amp;")
            + "'/></Context>";
    Files.write(base.resolve("conf/context.xml"), resource.getBytes(UTF_8));
  }

  /** Makes somebody known to the container, with the password {@code secret}. */
  private static void know(String user, Path base) throws IOException {
    Files.write(
        base.resolve("conf/users.xml"),
        ("<tomcat-users><user username='"
                + user
                + "' password='secret' roles='staff'/>"
                + "</tomcat-users>")
            .getBytes(UTF_8));
    Files.write(
        base.resolve("conf/context.xml"),
        ("<Context><Realm className='org.apache.catalina.realm.MemoryRealm'"
                + " pathname='conf/users.xml'/></Context>")
            .getBytes(UTF_8));
  }

  private static String owners(String url) throws Exception {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select string_agg(user_id, ',') from api_keys")) {
      row.next();
      return row.getString(1);
    }
  }

  private void config(String first) throws IOException {
    Files.write(
        folder.resolve("latchkey.yaml"),
        Arrays.asList(
            first,
            "providers:",
            "  openrouter:",
            "    base-url: " + provider.url("/api/v1"),
            "    provisioning-key: " + FakeKeysApi.PROVISIONING_KEY));
  }

  private Server start(String... parameters) throws Exception {
    return plan(parameters).start("/out/who");
  }

  private Server.Plan plan(String... parameters) throws IOException {
    TestApplication application = application();
    for (int i = 0; i < parameters.length; i += 2) {
      application.parameter(parameters[i], parameters[i + 1]);
    }
    return plan(application);
  }

  private static TestApplication application() {
    return TestApplication.create()
        .servlet(LoginServlet.class, "/in/login")
        .servlet(StatusServlet.class, "/in/status")
        .servlet(WhoServlet.class, "/in/who")
        .servlet(WhoServlet.class, "/out/who");
  }

  private Server.Plan plan(TestApplication application) throws IOException {
    Server.Plan plan = Server.plan(KIND, folder).prepare();
    application.write(KIND, plan.application(), LoginServlet.class.getPackage(), "/in/*");
    String agent = "-javaagent:" + System.getProperty("latchkey.test.agent");
    return plan.jvm(agent + "=config=" + folder.resolve("latchkey.yaml"));
  }
}
