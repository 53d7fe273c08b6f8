package dev.latchkey.core.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import dev.latchkey.core.key.KeyId;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.key.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysetsTest {
  private static final Owner ALICE = Owner.of("alice");
  private static final KeyId ID = KeyId.own("p", ALICE);

  @TempDir Path folder;

  @Test
  void isMadeOnFirstUseForItsOwnerOnly() throws Exception {
    Path file = folder.resolve("made/here/keyset.json");
    String sealed = Keysets.ofFile(file).seal(Secret.of("0123456789"), ID, "p", ALICE, 1);

    assertThat(mode(file)).isEqualTo("rw-------");
    assertThat(mode(file.getParent())).isEqualTo("rwx------");
    assertThat(Files.list(file.getParent())).containsExactly(file);
    assertThat(Keysets.ofFile(file).open(sealed, ID, "p", ALICE, 1).hint()).isEqualTo("6789");
  }

  @Test
  void isNeverWrittenAgain() throws Exception {
    Path file = folder.resolve("keyset.json");
    Keysets.ofFile(file);
    byte[] before = Files.readAllBytes(file);
    Keysets.ofFile(file);

    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void takesAKeysetOfAnotherKind() throws Exception {
    AeadConfig.register();
    String json =
        TinkJsonProtoKeysetFormat.serializeKeyset(
            KeysetHandle.generateNew(PredefinedAeadParameters.XCHACHA20_POLY1305),
            InsecureSecretKeyAccess.get());
    Sealer sealer = Keysets.ofText(json, "LATCHKEY_KEYSET");
    String sealed = sealer.seal(Secret.of("0123456789"), ID, "p", ALICE, 1);

    assertThat(sealer.open(sealed, ID, "p", ALICE, 1).hint()).isEqualTo("6789");
  }

  @Test
  void aKeysetToWhichAKeyWasAddedOpensWhatWasSealedBefore() throws Exception {
    AeadConfig.register();
    String json = Keysets.generate();
    String sealed = Keysets.ofText(json, "x").seal(Secret.of("0123456789"), ID, "p", ALICE, 1);
    KeysetHandle one = TinkJsonProtoKeysetFormat.parseKeyset(json, InsecureSecretKeyAccess.get());
    KeysetHandle two =
        KeysetHandle.newBuilder(one)
            .addEntry(
                KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                    .withRandomId()
                    .makePrimary())
            .build();
    String rotated = TinkJsonProtoKeysetFormat.serializeKeyset(two, InsecureSecretKeyAccess.get());

    Sealer sealer = Keysets.ofText(rotated, "x");
    assertThat(sealer.open(sealed, ID, "p", ALICE, 1).hint()).isEqualTo("6789");
    String anew = sealer.seal(Secret.of("abcdefghij"), ID, "p", ALICE, 2);
    assertThat(sealer.open(anew, ID, "p", ALICE, 2).hint()).isEqualTo("ghij");
    assertThatThrownBy(() -> Keysets.ofText(json, "x").open(anew, ID, "p", ALICE, 2))
        .isInstanceOf(UnsealException.class)
        .hasMessageContaining("another keyset");
  }

  @Test
  void refusesAFileThatHoldsNoKeyset() throws Exception {
    for (String bad : new String[] {"", "{}", "{\"secret\": \"canary\"}", "canary", "[1"}) {
      Path file = privateFile(bad);

      assertThatThrownBy(() -> Keysets.ofFile(file))
          .isInstanceOf(KeysetException.class)
          .hasMessageContaining(file + " holds no keyset (" + bad.length() + " characters)")
          .hasMessageContaining("Restore the original")
          .hasMessageNotContaining("canary")
          .hasNoCause();
      assertThat(new String(Files.readAllBytes(file), UTF_8)).isEqualTo(bad);
      Files.delete(file);
    }
  }

  @Test
  void refusesTextThatIsNoKeyset() {
    assertThatThrownBy(() -> Keysets.ofText("canary", "LATCHKEY_KEYSET"))
        .isInstanceOf(KeysetException.class)
        .hasMessageContaining("LATCHKEY_KEYSET holds no keyset")
        .hasMessageNotContaining("canary");
  }

  @Test
  void refusesAFileOpenToOthers() throws Exception {
    for (String mode : new String[] {"rw-r--r--", "rw-rw----", "rw-----w-"}) {
      Path file = privateFile(Keysets.generate());
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

      assertThatThrownBy(() -> Keysets.ofFile(file))
          .isInstanceOf(KeysetException.class)
          .hasMessageContaining(file + " has mode " + mode)
          .hasMessageContaining("chmod 600 " + file);
      Files.delete(file);
    }
  }

  @Test
  void acceptsAFileThatItsGroupMayRead() throws Exception {
    Path file = privateFile(Keysets.generate());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r-----"));

    Keysets.ofFile(file);
  }

  @Test
  void refusesFoldersAndGiants() throws Exception {
    assertThatThrownBy(() -> Keysets.ofFile(Files.createDirectory(folder.resolve("d"))))
        .isInstanceOf(KeysetException.class);
    Path giant = privateFile(new String(new char[200_000]));
    assertThatThrownBy(() -> Keysets.ofFile(giant))
        .isInstanceOf(KeysetException.class)
        .hasMessageContaining("at most 100000 bytes: " + giant + " has 200000");
  }

  @Test
  void saysWhereItCannotWrite() throws Exception {
    Path notAFolder = privateFile("x");

    assertThatThrownBy(() -> Keysets.ofFile(notAFolder.resolve("keyset.json")))
        .isInstanceOf(KeysetException.class)
        .hasMessageContaining("cannot be read or made")
        .hasMessageContaining("set encryption.keyset-file");
  }

  @Test
  void tenProcessesThatStartTogetherShareOne() throws Exception {
    Path file = folder.resolve("shared/keyset.json");
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 10; i++) processes.add(fork(file));
    for (Process process : processes) process.getOutputStream().close();
    for (Process process : processes) {
      assertThat(process.waitFor(60, SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    }

    List<Path> outputs = new ArrayList<>();
    try (java.util.stream.Stream<Path> files = Files.list(folder)) {
      files.filter(f -> f.toString().endsWith(".out")).forEach(outputs::add);
    }
    assertThat(outputs).hasSize(10);
    for (Path output : outputs) assertThat(output).hasSameTextualContentAs(file);
    assertThat(mode(file)).isEqualTo("rw-------");
  }

  private Process fork(Path file) throws IOException {
    Path output = Files.createTempFile(folder, "process", ".out");
    return new ProcessBuilder(
            Paths.get(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            OneOfTen.class.getName(),
            file.toString())
        .redirectOutput(output.toFile())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private Path privateFile(String content) throws IOException {
    return Files.write(Files.createTempFile(folder, "keyset", ".json"), content.getBytes(UTF_8));
  }

  private static String mode(Path file) throws IOException {
    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
    return PosixFilePermissions.toString(mode);
  }

  /** Waits until its input ends, then prints what is in the keyset file. */
  static final class OneOfTen {
    public static void main(String[] args) throws IOException {
      while (System.in.read() >= 0) continue;
      String mine = java.util.UUID.randomUUID().toString();
      System.out.print(PrivateFile.of(Paths.get(args[0]), "file", "x").readOrMake(() -> mine));
    }
  }
}
