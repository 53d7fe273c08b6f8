package dev.latchkey.sample.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What is on the disk after all this. */
final class OnlyCiphertext implements Step {
  /** In the table in clear, so that the search below is seen to find what is there. */
  private static final String CONTROL = "auto-provisioned";

  @Override
  public String title() {
    return "What is left on the disk: Latchkey's own list, then every byte of table and logs.";
  }

  @Override
  public void play(Stage stage, Findings findings) throws Exception {
    Path list = stage.workspace().folder("application").resolve("keys-list.txt");
    findings.expect("java -jar latchkey-agent.jar keys list", 0, keysList(stage, list));
    for (String line : Files.readAllLines(list)) findings.say("", line);
    stage.app().close();

    List<byte[]> secrets = forms(stage);
    List<Path> files = files(stage);
    List<Path> leaks = containing(files, secrets);
    long bytes = 0;
    for (Path file : files) bytes += Files.size(file);
    findings.say(
        "searched",
        files.size()
            + " files, "
            + bytes / 1024
            + " KiB, for "
            + stage.simulator().everIssued().size()
            + " keys and the provisioning key");
    findings.expect("no key is in any of them in clear", new ArrayList<>(), leaks);
    findings.expect(
        "(the search does find what the table holds in clear)",
        true,
        !containing(files, Collections.singletonList(utf8(CONTROL))).isEmpty());
  }

  private static int keysList(Stage stage, Path output) throws Exception {
    Setup setup = stage.setup();
    List<String> command = setup.commandLine(stage.workspace().agent(), "keys", "list");
    Process process =
        Jvm.command(stage.workspace().root(), setup.environment(), command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("keys list did not end within 30 s");
    }
    return process.exitValue();
  }

  /** Everything written, but for the operator's own key.txt. */
  private static List<Path> files(Stage stage) throws IOException {
    List<Path> files = stage.workspace().written();
    files.removeIf(file -> file.endsWith("key.txt"));
    return files;
  }

  /** Each secret as a file could hold it. */
  private static List<byte[]> forms(Stage stage) {
    List<String> secrets = stage.simulator().everIssued();
    secrets.add(stage.simulator().managementKey());
    List<byte[]> forms = new ArrayList<>();
    for (String secret : secrets) {
      // Without the prefix that all keys share: half a key in clear is a leak as well.
      String random = secret.substring(secret.length() - 64, secret.length() - 8);
      forms.add(utf8(random));
      forms.add(random.getBytes(StandardCharsets.UTF_16LE));
      forms.add(utf8(Base64.getEncoder().encodeToString(utf8(secret))));
    }
    return forms;
  }

  private static List<Path> containing(List<Path> files, List<byte[]> wanted) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path file : files) {
      // Latin-1 keeps every byte as one character, so text search is byte search.
      String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      for (byte[] bytes : wanted) {
        if (!content.contains(new String(bytes, StandardCharsets.ISO_8859_1))) continue;
        found.add(file);
        break;
      }
    }
    return found;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
