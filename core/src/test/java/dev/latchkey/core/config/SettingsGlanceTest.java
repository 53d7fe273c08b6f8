package dev.latchkey.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class SettingsGlanceTest {
  private static final Map<String, String> NONE = Collections.emptyMap();

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void file() {
    file = folder.resolve("latchkey.yaml");
  }

  @Test
  void nothingIsSet() throws IOException {
    assertThat(mentions(null, NONE, NONE)).isFalse();
    write("identity:\n  default-owner: shared\nproviders: {openrouter: {}}\n");
    assertThat(mentions(null, NONE, NONE)).isFalse();
    assertThat(mentions("dry-run=true", map("latchkey.enabled"), map("LATCHKEY_DRY_RUN")))
        .isFalse();
    assertThat(mentions(null, map("propagate"), map("PROPAGATE"))).isFalse();
  }

  @Test
  void inTheFileBesideTheJar() throws IOException {
    write("identity: {propagate: true}\n");
    assertThat(mentions(null, NONE, NONE)).isTrue();
  }

  @Test
  void inTheFileThatIsNamed() throws IOException {
    Path named = folder.resolve("other.yaml");
    Files.write(named, "identity:\n  'propagate': no\n".getBytes(StandardCharsets.UTF_8));
    assertThat(mentions("config=" + named, NONE, NONE)).isTrue();
    write("identity: {propagate: true}\n");
    Files.write(named, "dry-run: true\n".getBytes(StandardCharsets.UTF_8));
    assertThat(mentions("config=" + named, NONE, NONE)).isFalse();
  }

  @Test
  void inOverrides() {
    assertThat(mentions("identity.propagate=true", NONE, NONE)).isTrue();
    assertThat(mentions(null, map("latchkey.identity.propagate"), NONE)).isTrue();
    assertThat(mentions(null, NONE, map("LATCHKEY_IDENTITY_PROPAGATE"))).isTrue();
  }

  @Test
  void whatCannotBeReadIsWorthALook() throws IOException {
    assertThat(mentions("config=" + folder.resolve("missing.yaml"), NONE, NONE)).isTrue();
    assertThat(mentions("config=\0", NONE, NONE)).isTrue();
    Files.createDirectory(file);
    assertThat(mentions(null, NONE, NONE)).isTrue();
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void pipeIsLeftToTheOneWhoReadsItOnce() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> assertThat(mentions("config=" + pipe, NONE, NONE)).isTrue());
  }

  private boolean mentions(
      @Nullable String argument, Map<String, String> properties, Map<String, String> environment) {
    SettingsSource source =
        SettingsSource.of(argument, properties, environment, folder, folder.resolve("home"));
    return SettingsGlance.mentions(source, "identity.propagate");
  }

  private void write(String text) throws IOException {
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, String> map(String name) {
    return Collections.singletonMap(name, "true");
  }
}
