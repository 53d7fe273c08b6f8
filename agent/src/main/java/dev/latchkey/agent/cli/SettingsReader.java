package dev.latchkey.agent.cli;

import dev.latchkey.core.config.ConfigException;
import dev.latchkey.core.config.Settings;
import dev.latchkey.core.config.SettingsLoader;
import dev.latchkey.core.config.SettingsSource;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.security.CodeSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the settings as the agent in an application would, where no file is named. */
final class SettingsReader {
  private SettingsReader() {}

  /**
   * The settings.
   *
   * @param config the file that the command names; null for the usual place
   * @throws Refusal with every fault
   */
  static Settings read(Terminal terminal, @Nullable File config) throws Refusal {
    Map<String, String> properties = new HashMap<>(terminal.properties());
    if (config != null) properties.put("latchkey.config", config.getPath());
    Path home = Paths.get(properties.getOrDefault("user.home", "."));
    try {
      return SettingsLoader.load(
          SettingsSource.of(null, properties, terminal.environment(), jarFolder(), home));
    } catch (ConfigException e) {
      throw Refusal.notUnderstood(e.faults());
    }
  }

  private static @Nullable Path jarFolder() {
    CodeSource source = SettingsReader.class.getProtectionDomain().getCodeSource();
    if (source == null) return null;
    try {
      return Paths.get(source.getLocation().toURI()).getParent();
    } catch (URISyntaxException | RuntimeException e) {
      return null;
    }
  }
}
