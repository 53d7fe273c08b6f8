package dev.latchkey.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.agent.client.ClientHooks;
import dev.latchkey.agent.engine.Clients;
import dev.latchkey.core.config.SettingsManual;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the README promises is what is built. */
class ReadmeTest {
  private static String readme() throws IOException {
    Path file = Paths.get("..", "README.md");
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  @Test
  void theSettingsAreThoseThatTheLoaderReads() throws IOException {
    Matcher block =
        Pattern.compile("<!-- settings:begin -->\n(.*)<!-- settings:end -->", Pattern.DOTALL)
            .matcher(readme());
    assertThat(block.find()).isTrue();
    assertThat(block.group(1))
        .as("the README's settings; put SettingsManual.markdown() between the markers")
        .isEqualTo(SettingsManual.markdown());
  }

  @Test
  void everyClientHasItsRow() throws IOException {
    Matcher block =
        Pattern.compile("<!-- clients:begin -->\n(.*)<!-- clients:end -->", Pattern.DOTALL)
            .matcher(readme());
    assertThat(block.find()).isTrue();
    for (ClientHooks client : Clients.all()) {
      assertThat(block.group(1)).contains("`" + client.setting() + "`");
    }
  }

  @Test
  void everyCommandItNamesIsThere() throws IOException {
    Matcher command =
        Pattern.compile("java -jar latchkey-agent\\.jar ([^#\n`]*)").matcher(readme());
    int found = 0;
    while (command.find()) {
      found++;
      CommandLine line = Cli.commands(Desk.of(Terminal.system(), config -> null));
      line.parseArgs(command.group(1).trim().split("\\s+"));
    }
    assertThat(found).isGreaterThanOrEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mvn -q -DskipTests package && java -jar sample-webapp/target/latchkey-demo.jar",
        "mvn verify"
      })
  void theTwoSetUpCommandsStandThere(String command) throws IOException {
    assertThat(readme()).contains("\n    " + command + "\n");
  }
}
