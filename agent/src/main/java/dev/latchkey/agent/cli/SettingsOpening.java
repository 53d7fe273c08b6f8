package dev.latchkey.agent.cli;

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
    throw Refusal.notUnderstood("not wired yet " + terminal + config);
  }
}
