package dev.latchkey.agent.cli;

import java.io.File;
import org.jspecify.annotations.Nullable;

/** Opens what the settings name. */
interface Opening {
  /**
   * The keys.
   *
   * @param config the settings file that the command names; null for the usual place
   * @throws Refusal if the settings are at fault
   */
  Opened open(@Nullable File config) throws Refusal;
}
