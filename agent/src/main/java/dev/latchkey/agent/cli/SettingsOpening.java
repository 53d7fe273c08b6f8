package dev.latchkey.agent.cli;

import dev.latchkey.core.Latchkey;
import dev.latchkey.core.config.Settings;
import dev.latchkey.core.time.TimeSource;
import java.io.File;
import org.jspecify.annotations.Nullable;

/** Opens the keys that file, system properties and environment name. */
final class SettingsOpening implements Opening {
  private final Terminal terminal;

  private SettingsOpening(Terminal terminal) {
    this.terminal = terminal;
  }

  static SettingsOpening of(Terminal terminal) {
    return new SettingsOpening(terminal);
  }

  @Override
  public Opened open(@Nullable File config) throws Refusal {
    Settings settings = SettingsReader.read(terminal, config);
    return Opened.of(
        Latchkey.forCommand(settings, TimeSource.system()).start(), settings.defaultOwner());
  }
}
