package dev.latchkey.agent.contract;

import dev.latchkey.core.Latchkey;
import dev.latchkey.core.config.Settings;
import dev.latchkey.core.config.SettingsLoader;
import dev.latchkey.core.config.SettingsSource;
import dev.latchkey.core.provider.Provider;
import dev.latchkey.core.time.TimeSource;
import java.nio.file.Path;
import java.util.Collections;

/** An operator who disables the application's default owner before the application starts. */
final class DisabledOwner {
  private DisabledOwner() {}

  static void everywhereBut(String spared, Path config) throws Exception {
    SettingsSource source =
        SettingsSource.of(
            "config=" + config.toAbsolutePath(),
            Collections.emptyMap(),
            Collections.emptyMap(),
            null,
            config.toAbsolutePath().getParent());
    Settings settings = SettingsLoader.load(source);
    try (Latchkey latchkey =
        Latchkey.from(settings, TimeSource.system()).keepsHouse(false).start()) {
      for (Provider provider : latchkey.providers()) {
        if (provider.name().equals(spared)) continue;
        latchkey.store().disable(provider.name(), settings.defaultOwner(), "for this test");
      }
    }
  }
}
