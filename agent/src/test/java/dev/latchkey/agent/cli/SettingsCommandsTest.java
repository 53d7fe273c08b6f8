package dev.latchkey.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line over real settings: file, properties and environment. */
class SettingsCommandsTest {
  private static final String PASSWORD = "hunter2-canary";

  @TempDir Path home;
  private final Map<String, String> properties = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void atHome() {
    properties.put("user.home", home.toString());
    properties.put("user.dir", home.toString());
    properties.put("latchkey.store.url", "memory");
  }

  private Run run(String... arguments) {
    return Run.with(SettingsOpening::of, properties, environment, arguments);
  }

  private String file(String... lines) throws IOException {
    Path file = home.resolve("latchkey.yaml");
    Files.write(file, String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    return file.toString();
  }

  @Test
  void goodSettingsAreShownWithoutSecrets() throws IOException {
    environment.put("DB_PASSWORD", PASSWORD);
    environment.put("OPENROUTER_PROVISIONING_KEY", "sk-or-v1-" + PASSWORD);
    properties.remove("latchkey.store.url");
    String file =
        file(
            "store:",
            "  url: \"jdbc:postgresql://db:5432/keys?password=" + PASSWORD + "\"",
            "  password: ${DB_PASSWORD}",
            "providers:",
            "  openrouter: {}");
    Run run = run("check-config", "--config", file);
    assertThat(run.out)
        .contains("settings   " + file)
        .contains("store      jdbc:postgresql://db:5432/keys")
        .contains("provider   openrouter: one key for each user, makes new ones");
    assertThat(run.code).isZero();
    Run json = run("check-config", "--config", file, "--json");
    assertThat(run.everything() + json.everything()).doesNotContain(PASSWORD);
    JsonNode provider = new ObjectMapper().readTree(json.out).path("providers").path(0);
    assertThat(provider.path("makes_keys").asBoolean()).isTrue();
  }

  @Test
  void everyFaultIsToldAtOnceWithItsLine() throws IOException {
    String file = file("stoer: {}", "enabled: perhaps", "identity: {default-owner: \" \"}");
    Run run = run("check-config", "--config", file);
    assertThat(run.err).contains(file + ":1 ", file + ":2 enabled", file + ":3 ");
    assertThat(run.code).isEqualTo(2);
    assertThat(run("keys", "list", "--config", file).code).isEqualTo(2);
    Run json = run("check-config", "--config", file, "--json");
    assertThat(new ObjectMapper().readTree(json.out).path("faults")).hasSize(3);
    assertThat(json.code).isEqualTo(2);
  }

  @Test
  void aMissingFileIsAFault() {
    Run run = run("check-config", "--config", home.resolve("not-there.yaml").toString());
    assertThat(run.err).contains("no such file");
    assertThat(run.code).isEqualTo(2);
  }

  @Test
  void noKeyAnywhereNamesTheVariable() {
    for (String[] line :
        new String[][] {{"keys", "sync"}, {"keys", "sync", "--provider", "openrouter"}}) {
      Run run = run(line);
      assertThat(run.err).contains("OPENROUTER_PROVISIONING_KEY");
      assertThat(run.code).isEqualTo(1);
    }
  }

  @Test
  void aProviderThatIsOnWithoutAnyKeyNamesTheVariable() throws IOException {
    Run run = run("keys", "sync", "--config", file("providers: {openrouter: {}}"));
    assertThat(run.out).contains("OPENROUTER_PROVISIONING_KEY");
    assertThat(run.code).isEqualTo(1);
  }

  @Test
  void anUnknownProviderIsAUsageFault() {
    Run run = run("keys", "sync", "--provider", "nobody");
    assertThat(run.err).contains("nobody: there is no such provider; on: none");
    assertThat(run.code).isEqualTo(2);
  }

  @Test
  void aKeyOfTheEnvironmentIsStored() throws IOException {
    environment.put(
        "OPENROUTER_API_KEY",
        "sk-or-v1-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abb465");
    Run run = run("keys", "sync", "--json");
    JsonNode row = new ObjectMapper().readTree(run.out).path("results").path(0);
    assertThat(row.path("source").asText()).isEqualTo("environment");
    assertThat(row.path("key").asText()).endsWith("b465").startsWith("****");
    assertThat(row.path("synced").asBoolean()).isTrue();
    assertThat(run.code).isZero();
    assertThat(Collections.singleton(run.everything())).noneMatch(s -> s.contains("sk-or-v1-"));
  }

  @Test
  void theMemoryStoreIsFine() {
    assertThat(run("test-store").code).isZero();
  }
}
