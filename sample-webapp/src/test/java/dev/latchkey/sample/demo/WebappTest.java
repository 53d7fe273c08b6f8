package dev.latchkey.sample.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sample.simulator.ChatTrouble;
import dev.latchkey.sample.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The application on Tomcat against the simulator, with a key of its own and without an agent. */
class WebappTest {
  @TempDir Path folder;

  private Simulator simulator;
  private WebServer server;
  private Browser ada;

  @BeforeEach
  void start() throws Exception {
    simulator = Simulator.start();
    System.setProperty("assistant.base-url", simulator.baseUrl());
    System.setProperty("assistant.api-key", simulator.issueKey("the application's own"));
    server = ExplodedApp.serve(folder);
    ada = new Browser("http://127.0.0.1:" + server.port());
  }

  @AfterEach
  void stop() {
    System.clearProperty("assistant.base-url");
    System.clearProperty("assistant.api-key");
    server.close();
    simulator.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"urlconnection", "okhttp", "apache4", "apache5", "jdk"})
  void everyClientAsksAndShowsTheAnswer(String client) throws IOException {
    ada.logIn("ada", "analytical");

    Entry entry = ada.ask("What is <b>2 & 2</b>?", client);

    assertThat(entry.answered()).isTrue();
    assertThat(entry.outcome()).isEqualTo("Answered (200)");
    assertThat(entry.text()).contains("You asked: \"What is <b>2 & 2</b>?\" (5 words)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"urlconnection", "okhttp", "apache4", "apache5", "jdk"})
  void everyClientShowsTheProvidersOwnError(String client) throws IOException {
    ada.logIn("ada", "analytical");
    simulator.expireAll();

    Entry entry = ada.ask("Are you there?", client);

    assertThat(entry.answered()).isFalse();
    assertThat(entry.outcome()).isEqualTo("The provider refused (401)");
    assertThat(entry.text()).isEqualTo("User not found.");
  }

  @Test
  void aSilentProviderIsTold() throws IOException {
    ada.logIn("ada", "analytical");
    simulator.close();

    assertThat(ada.ask("Are you there?", "okhttp").outcome())
        .isEqualTo("The provider could not be reached");
  }

  @Test
  void whatIsTypedIsEscaped() throws IOException {
    ada.logIn("ada", "analytical");
    ada.ask("<script>alert(\"x\")</script>", "okhttp");

    assertThat(ada.open("/").html())
        .contains("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;")
        .doesNotContain("<script>");
  }

  @Test
  void strangersAreAskedToLogIn() throws IOException {
    assertThat(ada.open("/").html()).contains("<h2>Log in</h2>");
    assertThat(ada.logIn("ada", "wrong").status()).isEqualTo(401);
    assertThat(ada.logIn("nobody", "analytical").html()).contains("Name or password is wrong.");
    assertThat(ada.logIn("ada", "analytical").html()).contains("Logged in as <b>ada</b>");
    assertThat(ada.open("/").html()).doesNotContain("Key:");
  }

  @Test
  void aFormWithoutItsTokenIsRefused() throws IOException {
    ada.logIn("ada", "analytical");

    Page page = Forge.post(ada, "/", "question=hello&client=okhttp&csrf=guessed");

    assertThat(page.status()).isEqualTo(400);
    assertThat(page.html()).contains("This form has expired.");
    assertThat(simulator.takeTraffic()).isEmpty();
    assertThat(Forge.post(ada, "/login", "name=ada&password=analytical").status()).isEqualTo(403);
  }

  @Test
  void questionsHaveAnEnd() throws IOException {
    ada.logIn("ada", "analytical");
    String token = Forge.token(ada);

    String tooLong = new String(new char[4001]).replace('\0', 'a');
    assertThat(
            Forge.post(ada, "/", "client=okhttp&csrf=" + token + "&question=" + tooLong).status())
        .isEqualTo(400);
    assertThat(Forge.post(ada, "/", "client=telnet&csrf=" + token + "&question=hi").status())
        .isEqualTo(400);
  }

  @Test
  void historyIsOfTheSessionAndBounded() throws IOException {
    ada.logIn("ada", "analytical");
    for (int i = 0; i < 52; i++) ada.ask("question " + i, "okhttp");
    Browser grace = new Browser("http://127.0.0.1:" + server.port());
    grace.logIn("grace", "compiler");

    assertThat(ada.open("/").history())
        .hasSize(50)
        .extracting(Entry::question)
        .startsWith("question 51")
        .doesNotContain("question 1");
    assertThat(grace.open("/").history()).isEmpty();
    assertThat(grace.open("/").html()).contains("Nothing asked yet in this session.");
  }

  @Test
  void scriptsSpeakJson() throws IOException {
    JsonScript api = new JsonScript("http://127.0.0.1:" + server.port());

    assertThat(api.post("/api/ask", "{}")).isEqualTo("401 {\"error\":\"log in first\"}");
    assertThat(api.post("/api/login", "{\"name\":\"ada\",\"password\":\"no\"}"))
        .isEqualTo("401 {\"error\":\"name or password is wrong\"}");
    assertThat(api.post("/api/login", "{\"name\":\"ada\",\"password\":\"analytical\"}"))
        .isEqualTo("200 {\"user\":\"ada\"}");
    assertThat(api.post("/api/ask", "{\"question\":\"hi\",\"client\":\"apache5\"}"))
        .startsWith("200 {\"status\":200,\"answer\":\"You asked:");
    simulator.chatTrouble(ChatTrouble.NO_CREDITS, 1);
    assertThat(api.post("/api/ask", "{\"question\":\"hi\",\"client\":\"apache5\"}"))
        .startsWith("200 {\"status\":402,\"error\":\"Insufficient credits.");
    assertThat(api.post("/api/ask", "[1]")).startsWith("400");
    assertThat(api.post("/api/ask", "{\"question\":\"\"}")).startsWith("400");
    assertThat(api.postForm("/api/login")).startsWith("415");
  }
}
