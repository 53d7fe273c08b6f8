package dev.latchkey.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

final class OwnLoggerTest {
  private static final Instant AT = Instant.parse("2026-11-21T14:00:00.123Z");

  private final OwnLogger ours = new OwnLogger("latchkey");
  private final OwnLogger library = new OwnLogger("com.zaxxer.hikari.pool.HikariPool");

  @AfterEach
  void reset() {
    LogOutput.level("info");
    LogOutput.toStderr();
  }

  @Test
  void eventIsOneLine() {
    assertThat(
            ours.line(
                AT,
                Level.INFO,
                "{}",
                new Object[] {"openrouter/alice renewed ***************b465 refused"},
                null))
        .isEqualTo(
            "2026-11-21T14:00:00.123Z INFO latchkey openrouter/alice renewed"
                + " ***************b465 refused");
  }

  @Test
  void wholeSecondsKeepTheirMillis() {
    assertThat(ours.line(Instant.parse("2026-11-21T14:00:00Z"), Level.WARN, "a", null, null))
        .isEqualTo("2026-11-21T14:00:00.000Z WARN latchkey a");
  }

  @Test
  void libraryIsNamed() {
    assertThat(library.line(AT, Level.WARN, "no connection", null, null))
        .isEqualTo("2026-11-21T14:00:00.123Z WARN latchkey HikariPool: no connection");
  }

  @Test
  void nothingBreaksTheLine() {
    String line = ours.line(AT, Level.WARN, "a\nb\r\u001b[31m\u2028c", null, null);
    assertThat(line).endsWith("a\\nb\\u000d\\u001b[31m\\u2028c").doesNotContain("\n");
  }

  @Test
  void causesFollowTheMessage() {
    Throwable fault = new IllegalStateException("outer", new IOException("in\nner"));
    assertThat(ours.line(AT, Level.ERROR, "failed", null, fault))
        .endsWith("failed: java.lang.IllegalStateException: outer: java.io.IOException: in\\nner");
  }

  @Test
  void librariesCountFromWarning() {
    assertThat(ours.isInfoEnabled()).isTrue();
    assertThat(library.isInfoEnabled()).isFalse();
    assertThat(library.isWarnEnabled()).isTrue();
    LogOutput.level("debug");
    assertThat(ours.isDebugEnabled()).isTrue();
    assertThat(library.isDebugEnabled()).isFalse();
    LogOutput.level("error");
    assertThat(ours.isWarnEnabled()).isFalse();
    assertThat(ours.isErrorEnabled()).isTrue();
  }

  @Test
  void fileIsItsOwnersAndIsContinued(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("latchkey.log");
    LogOutput.toFile(file);
    ours.info("one");
    LogOutput.toFile(file);
    ours.warn("two {}", 2);
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    assertThat(text.split("\n")).hasSize(2);
    assertThat(text.trim()).endsWith("WARN latchkey two 2");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }
}
