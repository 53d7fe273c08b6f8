package dev.latchkey.agent.contract;

import dev.latchkey.core.Latchkey;
import dev.latchkey.core.config.Settings;
import dev.latchkey.core.config.SettingsLoader;
import dev.latchkey.core.config.SettingsSource;
import dev.latchkey.core.provider.Provider;
import dev.latchkey.core.time.TimeSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An operator who disables the application's default owner, everywhere but at the last provider,
 * before the application starts. He does it once; every application gets a copy of what he left.
 */
final class DisabledOwner {
  private static @Nullable Path made;

  private DisabledOwner() {}

  /** Where the store in that folder is, as settings. */
  static String settings(Path folder) {
    return String.format(
        "store: {url: \"h2:%s\"}\nencryption: {keyset-file: %s/keyset.json}\n", folder, folder);
  }

  /** Puts the store into that folder, which is empty. */
  static synchronized void storeInto(Path folder, Providers providers) throws Exception {
    if (made == null) made = make(providers);
    try (Stream<Path> files = Files.walk(made)) {
      for (Path file : files.skip(1).collect(Collectors.toList())) {
        Files.copy(file, folder.resolve(made.relativize(file)));
      }
    }
  }

  private static Path make(Providers providers) throws Exception {
    Path folder = Files.createTempDirectory("disabled-owner");
    Path config = Files.createTempFile("disabled-owner", ".yaml");
    Files.write(config, Bytes.of(providers.yaml(settings(folder))));
    SettingsSource source =
        SettingsSource.of(
            "config=" + config,
            Collections.emptyMap(),
            Collections.emptyMap(),
            null,
            config.getParent());
    Settings settings = SettingsLoader.load(source);
    try (Latchkey latchkey =
        Latchkey.from(settings, TimeSource.system()).keepsHouse(false).start()) {
      for (Provider provider : latchkey.providers()) {
        if (provider.name().equals(Providers.nameOfLast())) continue;
        latchkey.store().disable(provider.name(), settings.defaultOwner(), "for this test");
      }
    }
    return folder;
  }
}
