package dev.latchkey.sample.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.File;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetupTest {
  @TempDir Path folder;

  @Test
  void everythingLatchkeyWritesStaysInTheWorkspace() throws Exception {
    Workspace workspace = Workspace.in(folder);
    Setup setup =
        Setup.create(
            workspace, "app", "me", "http://127.0.0.1:1/api/v1", "secret", "key-file: key.txt");
    Path config = folder.resolve("app/latchkey.yaml");

    assertThat(Files.readAllLines(config))
        .contains(
            "store: {url: 'h2:" + folder.resolve("app/store") + "'}",
            "encryption: {keyset-file: '" + folder.resolve("app/keyset.json") + "'}",
            "    base-url: http://127.0.0.1:1/api/v1",
            "    key-file: key.txt")
        .noneMatch(line -> line.contains("secret"));
    assertThat(setup.jvmArguments(new File("/a.jar")))
        .containsExactly("-javaagent:" + new File("/a.jar") + "=config=" + config);
    assertThat(setup.environment())
        .isEqualTo(Collections.singletonMap("OPENROUTER_PROVISIONING_KEY", "secret"));
  }

  @Test
  void childrenInheritNobodysSettings() throws Exception {
    ProcessBuilder command =
        Jvm.command(
            folder, Collections.singletonMap("LATCHKEY_X", "1"), Collections.singletonList("-v"));

    assertThat(command.environment()).containsEntry("LATCHKEY_X", "1");
    assertThat(command.environment().keySet())
        .noneMatch(name -> name.startsWith("OPENROUTER_") || name.equals("JAVA_TOOL_OPTIONS"));
  }

  @Test
  void theWorkspaceGoesWithAllThatIsInIt() throws Exception {
    Path root = Files.createDirectory(folder.resolve("workspace"));
    Workspace workspace = Workspace.in(root);
    Path secret = Workspace.write(workspace.folder("app").resolve("key.txt"), "x");

    assertThat(workspace.written()).containsExactly(secret);
    workspace.delete();

    assertThat(root).doesNotExist();
  }

  @Test
  void anAccountIsAddedToTheWar() throws Exception {
    Workspace workspace = Workspace.in(folder);
    URI war = URI.create("jar:" + workspace.war().toURI());
    try (FileSystem zip =
        FileSystems.newFileSystem(war, Collections.singletonMap("create", "true"))) {
      Files.createDirectory(zip.getPath("WEB-INF"));
      Files.write(zip.getPath("WEB-INF/users.properties"), "ada=1:s:h\n".getBytes(UTF_8));
    }

    workspace.addAccount("d1234567", "ada");

    try (FileSystem zip = FileSystems.newFileSystem(war, Collections.emptyMap())) {
      assertThat(Files.readAllLines(zip.getPath("WEB-INF/users.properties")))
          .containsExactly("ada=1:s:h", "d1234567=1:s:h");
    }
    assertThatIOException().isThrownBy(() -> workspace.addAccount("x", "eve"));
  }
}
