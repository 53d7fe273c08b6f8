package dev.latchkey.agent.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A key file that must not be used is refused with the reason, and the next source is tried. */
@Execution(ExecutionMode.CONCURRENT)
final class BadKeyFileIT {
  private static final String KEY = "sk-or-v1-out-of-the-key-file-0123456789abcdef";

  @Test
  void aGoodKeyFileIsUsedBeforeProvisioning() throws Exception {
    try (Fleet fleet = Fleet.create("key-file")) {
      fleet.server().keys().accept(KEY);
      Path file = fleet.write("key.txt", KEY + "\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      AppProcess app = fleet.start().opened();
      assertThat(app.call().status()).isEqualTo(200);
      assertThat(fleet.server().provider().lastRequest().bearer()).isEqualTo(KEY);
      assertThat(fleet.server().keys().made()).isEmpty();
    }
  }

  @Test
  void aBlankKeyFileIsRefused() throws Exception {
    assertRefused("blank", "is blank", file -> Files.write(file, new byte[] {' ', '\n', '\n'}));
  }

  @Test
  void aBinaryKeyFileIsRefused() throws Exception {
    byte[] noise = new byte[4096];
    new Random(1).nextBytes(noise);
    assertRefused("binary", "is not a text file", file -> Files.write(file, noise));
  }

  @Test
  void aKeyFileOfTenMegabytesIsRefused() throws Exception {
    assertRefused(
        "large",
        "10485760 bytes",
        file -> {
          try (RandomAccessFile big = new RandomAccessFile(file.toFile(), "rw")) {
            big.setLength(10 << 20);
          }
        });
  }

  @Test
  void aKeyFileThatOthersCanWriteIsRefused() throws Exception {
    assertRefused(
        "open",
        "can be written by others",
        file -> {
          Files.write(file, KEY.getBytes("UTF-8"));
          Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        });
  }

  @Test
  void aKeyOfAnotherProviderIsRefused() throws Exception {
    assertRefused(
        "other",
        "sk-or-v1-",
        file -> Files.write(file, "sk-proj-0123456789abcdef0123".getBytes("UTF-8")));
  }

  /** Makes the file. */
  private interface Maker {
    void make(Path file) throws Exception;
  }

  private static void assertRefused(String name, String reason, Maker maker) throws Exception {
    try (Fleet fleet = Fleet.create("key-file-" + name)) {
      fleet.server().keys().accept(KEY);
      Path file = fleet.folder().resolve("key.txt");
      maker.make(file);
      if (!name.equals("open")) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      }
      AppProcess app = fleet.start().opened();
      assertThat(app.call().status()).isEqualTo(200);
      assertThat(fleet.server().keys().made()).as("the next source made one").hasSize(1);
      assertThat(fleet.server().provider().lastRequest().bearer())
          .isEqualTo(fleet.server().latestKey());
      assertThat(app.exit()).isZero();
      assertThat(app.err().with(file.toString()))
          .hasSize(1)
          .allMatch(line -> line.contains(reason));
    }
  }
}
