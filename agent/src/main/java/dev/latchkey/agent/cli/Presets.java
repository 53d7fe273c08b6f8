package dev.latchkey.agent.cli;

import dev.latchkey.core.provider.Provider;
import dev.latchkey.core.provider.ProviderHttp;
import dev.latchkey.core.provider.ProviderLoader;
import dev.latchkey.core.time.TimeSource;
import dev.latchkey.core.yaml.Faults;
import dev.latchkey.core.yaml.Where;
import dev.latchkey.core.yaml.YamlNode;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** What is to be said of a preset that is not on. */
final class Presets {
  private Presets() {}

  /** Which variables would switch that preset on; null if there is no such preset. */
  static @Nullable String variables(String name) {
    if (!ProviderLoader.presets().contains(name)) return null;
    Path nowhere = Paths.get("").toAbsolutePath();
    Provider preset =
        ProviderLoader.create(
                Collections.<String, String>emptyMap()::get,
                TimeSource.system(),
                ProviderHttp.create(Duration.ofSeconds(1)),
                nowhere,
                nowhere)
            .load(
                name,
                YamlNode.nothing(Where.place("the command line")),
                "providers." + name,
                Faults.create());
    if (preset == null) return null;
    String makes = preset.provisioningVariable();
    String holds = preset.environmentVariable() + " (a key)";
    return makes == null ? holds : makes + " (makes keys) or " + holds;
  }
}
