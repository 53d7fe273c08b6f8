package dev.latchkey.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line over the embedded database, as one who follows the README meets it. */
class EmbeddedStoreTest {
  private static final String KEY =
      "sk-or-v1-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abb465";

  @TempDir Path home;
  private final Map<String, String> properties = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void atHome() {
    properties.put("user.home", home.toString());
    properties.put("user.dir", home.toString());
    environment.put("OPENROUTER_API_KEY", KEY);
  }

  private Run run(String... arguments) {
    return Run.with(SettingsOpening::of, properties, environment, arguments);
  }

  private static JsonNode json(Run run) throws IOException {
    return new ObjectMapper().readTree(run.out);
  }

  @Test
  void aFirstStartMakesTheTable() throws IOException {
    JsonNode store = json(run("test-store", "--json"));
    assertThat(store.path("reachable").asBoolean()).isTrue();
    assertThat(store.path("writable").asBoolean()).isTrue();
    assertThat(store.path("schema").asText()).matches("\\d+(\\.\\d+)*");
    assertThat(store.path("keys").asInt(-1)).isZero();
  }

  @Test
  void keysOutliveTheProcessAndAnotherKeysetOverwritesNothing() throws IOException {
    assertThat(run("keys", "sync").code).isZero();
    assertThat(json(run("keys", "list", "--json")).path("keys").path(0).path("key").asText())
        .isEqualTo("***************b465");

    Path keyset = home.resolve(".latchkey/keyset.json");
    Path away = Files.move(keyset, home.resolve("keyset.away"));
    Run list = run("keys", "list");
    assertThat(list.out).contains("unreadable").contains("openrouter/app: ");
    assertThat(list.code).isEqualTo(1);
    Run store = run("test-store", "--json");
    assertThat(json(store).path("unreadable")).hasSize(1);
    assertThat(store.code).isEqualTo(1);
    assertThat(run("keys", "sync").code).isEqualTo(1);

    Files.deleteIfExists(keyset);
    Files.move(away, keyset);
    Run again = run("keys", "list");
    assertThat(again.out).contains("***************b465");
    assertThat(again.code).isZero();
    assertThat(list.everything() + store.everything() + again.everything()).doesNotContain(KEY);
  }
}
