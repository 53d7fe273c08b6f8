package dev.latchkey.filter.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.yaml.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README promises of the filter is what is built. */
final class ReadmeTest {
  @Test
  void theInitParametersAreThoseThatAreRead() throws IOException {
    Matcher block =
        Pattern.compile("<!-- filter:begin -->\n(.*)<!-- filter:end -->", Pattern.DOTALL)
            .matcher(readme());
    assertThat(block.find()).isTrue();
    assertThat(block.group(1)).isEqualTo(manual());
  }

  @Test
  void theFilterInWebXmlIsOurs() throws IOException {
    assertThat(readme())
        .contains("<filter-class>" + dev.latchkey.filter.LatchkeyFilter.class.getName() + "<");
  }

  private static String manual() {
    StringBuilder rows =
        new StringBuilder("| init parameter | meaning | allowed | default |\n|---|---|---|---|\n");
    for (Setting<?> option : Options.all()) {
      String standard = option.standard() == null ? "" : "`" + option.standard() + "`";
      rows.append("| `" + option.name() + "` | " + option.meaning() + " | " + option.range());
      rows.append(" | " + standard + " |\n");
    }
    return rows.toString();
  }

  private static String readme() throws IOException {
    byte[] bytes = Files.readAllBytes(Paths.get("..", "README.md"));
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
