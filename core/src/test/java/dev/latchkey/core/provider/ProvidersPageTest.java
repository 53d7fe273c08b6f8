package dev.latchkey.core.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.time.TimeSource;
import dev.latchkey.core.yaml.Faults;
import dev.latchkey.core.yaml.YamlFile;
import dev.latchkey.core.yaml.YamlNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What PROVIDERS.md shows really loads. */
final class ProvidersPageTest {
  @Test
  void everyExampleLoads() throws Exception {
    List<String> blocks = blocks();
    assertThat(blocks).hasSize(3);
    Faults faults = Faults.create();
    YamlNode whole =
        YamlFile.parse(
            "page", blocks.get(0).getBytes(StandardCharsets.UTF_8), name -> null, faults);
    YamlNode settings = whole.member("providers").member("my-api");
    for (String block : blocks.subList(1, 3)) {
      byte[] bytes = block.getBytes(StandardCharsets.UTF_8);
      settings = settings.overlaid(YamlFile.parse("page", bytes, name -> null, faults));
    }
    Provider provider =
        ProviderLoader.create(
                name -> null,
                TimeSource.system(),
                ProviderHttp.create(Duration.ofSeconds(1)),
                Paths.get("/work"),
                Paths.get("/home/me"))
            .load("my-api", settings, "my-api", faults);
    assertThat(faults.lines()).isEmpty();
    assertThat(provider.api().canProbe()).isTrue();
  }

  private static List<String> blocks() throws Exception {
    String page = new String(Files.readAllBytes(Paths.get("PROVIDERS.md")), StandardCharsets.UTF_8);
    List<String> out = new ArrayList<>();
    String[] parts = page.split("```");
    for (int i = 1; i < parts.length; i += 2) out.add(parts[i].substring("yaml".length()));
    return out;
  }
}
