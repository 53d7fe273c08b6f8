package dev.latchkey.sample.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The simulator against what is known of the real provider. */
class SimulatorTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private Simulator simulator;
  private Http management;

  @BeforeEach
  void start() throws IOException {
    simulator = Simulator.start(0, Clock.fixed(NOW, ZoneOffset.UTC));
    management = new Http(simulator.baseUrl(), simulator.managementKey());
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void aNewKeyIsToldOnceAtTheTopLevel() throws IOException {
    Http.Got made =
        management.send(
            "POST",
            "/keys",
            "{\"name\":\"n\",\"limit\":5,\"limit_reset\":\"daily\","
                + "\"expires_at\":\"2027-01-01T00:00:00Z\"}");

    assertThat(made.status).isEqualTo(201);
    String key = (String) made.json().get("key");
    assertThat(key).matches("sk-or-v1-[0-9a-f]{64}");
    assertThat(made.object("data"))
        .containsEntry("hash", KeyText.hash(key))
        .containsEntry("name", "n")
        .containsEntry("limit", 5L)
        .containsEntry("limit_remaining", 5.0)
        .containsEntry("limit_reset", "daily")
        .containsEntry("expires_at", "2027-01-01T00:00:00Z")
        .containsEntry("label", key.substring(0, 12) + "..." + key.substring(69))
        .containsEntry("disabled", false);
    assertThat(management.send("GET", "/keys/" + KeyText.hash(key), null).body).doesNotContain(key);
  }

  @Test
  void onlyUtcIsAnExpiryTime() throws IOException {
    assertThat(order("\"expires_at\":\"2027-01-01T00:00:00+09:00\"").status).isEqualTo(400);
    assertThat(order("\"expires_at\":\"tomorrow\"").status).isEqualTo(400);
    assertThat(order("\"expires_at\":null").status).isEqualTo(201);
  }

  @Test
  void theSchemaRefusesWithItsOwnShape() throws IOException {
    Http.Got unnamed = management.send("POST", "/keys", "{\"name\":\"\"}");

    assertThat(unnamed.status).isEqualTo(400);
    assertThat(unnamed.json()).containsEntry("success", false);
    assertThat(unnamed.object("error")).containsEntry("name", "ZodError");
    assertThat(order("\"limit\":\"five\"").status).isEqualTo(400);
    assertThat(order("\"limit_reset\":\"hourly\"").status).isEqualTo(400);
    assertThat(management.send("POST", "/keys", "not json").status).isEqualTo(400);
  }

  private Http.Got order(String property) throws IOException {
    return management.send("POST", "/keys", "{\"name\":\"n\"," + property + "}");
  }

  @Test
  void keysAreListedNewestFirstByTheHundred() throws IOException {
    for (int i = 0; i < 103; i++) simulator.issueKey("key " + i);

    List<?> first = (List<?>) management.send("GET", "/keys", null).json().get("data");
    List<?> second = (List<?>) management.send("GET", "/keys?offset=100", null).json().get("data");

    assertThat(first).hasSize(100);
    assertThat(second).hasSize(3);
    assertThat((Map<?, ?>) first.get(0)).extracting("name").isEqualTo("key 102");
    assertThat((Map<?, ?>) second.get(2)).extracting("name").isEqualTo("key 0");
  }

  @Test
  void aKeyIsChangedAndDeleted() throws IOException {
    String key = simulator.issueKey("old");
    String path = "/keys/" + KeyText.hash(key);

    assertThat(management.send("PATCH", path, "{\"name\":\"new\"}").object("data"))
        .containsEntry("name", "new");
    management.send("PATCH", path, "{\"disabled\":true}");
    assertThat((List<?>) management.send("GET", "/keys", null).json().get("data")).isEmpty();
    assertThat(
            (List<?>)
                management.send("GET", "/keys?include_disabled=true", null).json().get("data"))
        .hasSize(1);
    assertThat(management.send("DELETE", path, null).body).isEqualTo("{\"deleted\":true}");
    assertThat(management.send("GET", path, null).body)
        .isEqualTo("{\"error\":{\"message\":\"Resource not found\",\"code\":404}}");
  }

  @Test
  void onlyAManagementKeyMakesKeys() throws IOException {
    Http ordinary = new Http(simulator.baseUrl(), simulator.issueKey("n"));

    assertThat(ordinary.send("POST", "/keys", "{\"name\":\"n\"}").body)
        .isEqualTo(
            "{\"error\":{\"message\":\"Only management keys can perform this operation\","
                + "\"code\":403}}");
    assertThat(new Http(simulator.baseUrl(), "sk-or-v1-nobody").send("GET", "/keys", null).status)
        .isEqualTo(401);
    assertThat(ordinary.send("GET", "/credits", null).status).isEqualTo(403);
    assertThat(management.send("GET", "/credits", null).object("data"))
        .containsEntry("total_credits", 100.5);
  }

  @Test
  void deadKeysAreUnknownUsers() throws IOException {
    String expired = simulator.issueKey("expired");
    simulator.expireAll();
    Http.Got got = new Http(simulator.baseUrl(), expired).chat("hello");

    assertThat(got.status).isEqualTo(401);
    assertThat(got.body).isEqualTo("{\"error\":{\"message\":\"User not found.\",\"code\":401}}");
    String revoked = simulator.issueKey("revoked");
    simulator.revokeAll();
    assertThat(new Http(simulator.baseUrl(), revoked).chat("hello").status).isEqualTo(401);
    assertThat(management.chat("hello").status).isEqualTo(401);
    assertThat(simulator.workingKeys()).isZero();
  }

  @Test
  void keysExpireByName() throws IOException {
    String one = simulator.issueKey("auto-renewed-ada-20260101_120000");
    String other = simulator.issueKey("auto-renewed-adam-20260101_120000");
    simulator.expireNamed("-ada-");

    assertThat(new Http(simulator.baseUrl(), one).chat("hello").status).isEqualTo(401);
    assertThat(new Http(simulator.baseUrl(), other).chat("hello").status).isEqualTo(200);
  }

  @Test
  void aKeyExpiresAtItsTime() throws IOException {
    Map<String, Object> made =
        management.send("POST", "/keys", "{\"name\":\"n\",\"expires_at\":\"" + NOW + "\"}").json();

    assertThat(new Http(simulator.baseUrl(), (String) made.get("key")).chat("hi").status)
        .isEqualTo(401);
  }

  @Test
  void theCurrentKeyIsTheProbe() throws IOException {
    String key = simulator.issueKey("n");
    Http ordinary = new Http(simulator.baseUrl(), key);

    assertThat(ordinary.send("GET", "/key", null).object("data"))
        .containsEntry("is_management_key", false)
        .containsEntry("limit", null);
    assertThat(management.send("GET", "/key", null).object("data"))
        .containsEntry("is_management_key", true);
    simulator.expireAll();
    assertThat(ordinary.send("GET", "/key", null).status).isEqualTo(401);
    assertThat(ordinary.send("GET", "/models", null).status).isEqualTo(200);
  }

  @Test
  void aChatIsAnsweredTheSameWayEveryTime() throws IOException {
    Http ordinary = new Http(simulator.baseUrl(), simulator.issueKey("n"));
    Http.Got first = ordinary.chat("How are you?");

    assertThat(first.status).isEqualTo(200);
    assertThat(first.generation).startsWith("gen-");
    assertThat(first.object("usage")).containsKeys("prompt_tokens", "total_tokens", "cost");
    assertThat(first.json().get("choices"))
        .isEqualTo(ordinary.chat("How are you?").json().get("choices"));
    assertThat(first.body).contains("You asked: \\\"How are you?\\\" (3 words)");
  }

  @Test
  void aStreamHasCommentsChunksUsageAndAnEnd() throws IOException {
    Http ordinary = new Http(simulator.baseUrl(), simulator.issueKey("n"));
    Http.Got got =
        ordinary.send(
            "POST",
            "/chat/completions",
            "{\"model\":\"m\",\"stream\":true,"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");

    assertThat(got.type).isEqualTo("text/event-stream");
    assertThat(got.body).startsWith(": OPENROUTER PROCESSING\n\n").endsWith("data: [DONE]\n\n");
    assertThat(got.body).contains("\"finish_reason\":\"stop\"").contains("\"usage\":{");
  }

  @Test
  void aSpentKeyIsRefusedWith403() throws IOException {
    String key = simulator.issueKey("n");
    simulator.exhaust(key);
    Http.Got got = new Http(simulator.baseUrl(), key).chat("hello");

    assertThat(got.status).isEqualTo(403);
    assertThat(got.body).contains("Key limit exceeded (total limit).");
  }

  @Test
  void troublesComeOnCommandAndPass() throws IOException {
    Http ordinary = new Http(simulator.baseUrl(), simulator.issueKey("n"));

    simulator.chatTrouble(ChatTrouble.NO_CREDITS, 1);
    assertThat(ordinary.chat("hello").status).isEqualTo(402);
    simulator.chatTrouble(ChatTrouble.FREE_DAILY_LIMIT, 1);
    assertThat(ordinary.chat("hello").body)
        .contains("\"X-RateLimit-Reset\":\"" + (NOW.toEpochMilli() + 3_600_000) + "\"");
    simulator.chatTrouble(ChatTrouble.UPSTREAM_BUSY, 1);
    assertThat(ordinary.chat("hello").body).contains("\"retry_after_seconds\":2");
    assertThat(ordinary.chat("hello").status).isEqualTo(200);
  }

  @Test
  void theKeysApiFailsOnCommand() throws IOException {
    simulator.provisioning(ProvisioningTrouble.SERVER_ERROR);
    assertThat(management.send("POST", "/keys", "{\"name\":\"n\"}").status).isEqualTo(500);
    simulator.provisioning(ProvisioningTrouble.REFUSED);
    assertThat(management.send("POST", "/keys", "{\"name\":\"n\"}").status).isEqualTo(401);
    simulator.provisioning(ProvisioningTrouble.NO_KEY_IN_ANSWER);
    Http.Got silent = management.send("POST", "/keys", "{\"name\":\"n\"}");
    assertThat(silent.status).isEqualTo(201);
    assertThat(silent.json()).doesNotContainKey("key");
    simulator.provisioning(ProvisioningTrouble.NONE);
    assertThat(management.send("POST", "/keys", "{\"name\":\"n\"}").status).isEqualTo(201);
  }

  @Test
  void trafficIsNotedWithoutSecrets() throws IOException {
    String key = simulator.issueKey("n");
    new Http(simulator.baseUrl(), key).chat("one");
    new Http(simulator.baseUrl(), key).chat("one");

    List<Exchange> traffic = simulator.takeTraffic();

    assertThat(traffic).hasSize(2).allMatch(Exchange::isChat);
    assertThat(traffic.get(0).bodyDigest()).isEqualTo(traffic.get(1).bodyDigest());
    assertThat(traffic.get(0).toString()).contains(Exchange.mask(key)).doesNotContain(key);
    assertThat(simulator.takeTraffic()).isEmpty();
  }
}
