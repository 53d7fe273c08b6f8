package dev.latchkey.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.agent.bridge.BootBridge;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What stands in the settings decides how soon they are read. */
@ExtendWith(BootBridge.class)
final class CoreOpenerTest {
  @TempDir Path folder;

  @Test
  void tasksThatAreHandedOnForTheirUsersCannotWait() throws Exception {
    assertThat(isUrgent("identity: {propagate: true}")).isTrue();
  }

  @Test
  void othersCan() throws Exception {
    assertThat(isUrgent("identity: {default-owner: batch}")).isFalse();
  }

  private boolean isUrgent(String settings) throws Exception {
    Path file = folder.resolve("latchkey.yaml");
    Files.write(file, settings.getBytes(StandardCharsets.UTF_8));
    File jar = folder.resolve("latchkey-agent.jar").toFile();
    return CoreOpener.create(null, jar, ByteBuddyAgent.install()).isUrgent();
  }
}
