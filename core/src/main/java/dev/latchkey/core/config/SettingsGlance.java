package dev.latchkey.core.config;

import dev.latchkey.core.yaml.Faults;
import java.util.Locale;

/** What can be said of the settings at a glance, for those who cannot afford to read them yet. */
public final class SettingsGlance {
  private SettingsGlance() {}

  /**
   * Whether the settings may say something about this one, wherever they stand: its last word
   * occurs in the file or in the name of an override. Takes a hundredth of the time that {@link
   * SettingsLoader} takes. Never throws; true where the file cannot be read, or not twice, so that
   * whoever asks reads the settings, which tells why.
   *
   * @param setting a setting's whole name, such as {@code identity.propagate}
   */
  public static boolean mentions(SettingsSource source, String setting) {
    try {
      String word = setting.substring(setting.lastIndexOf('.') + 1);
      return isInName(source, word) || isInFile(source, word);
    } catch (Exception e) {
      return true;
    }
  }

  private static boolean isInName(SettingsSource source, String word) {
    String argument = source.agentArgument();
    if (argument != null && argument.contains(word)) return true;
    for (String name : source.properties().keySet()) {
      if (name.startsWith("latchkey.") && name.contains(word)) return true;
    }
    String variable = word.toUpperCase(Locale.ROOT).replace('-', '_');
    for (String name : source.environment().keySet()) {
      if (name.startsWith("LATCHKEY_") && name.contains(variable)) return true;
    }
    return false;
  }

  private static boolean isInFile(SettingsSource source, String word) throws Exception {
    Overrides overrides = Overrides.read(source, Faults.create());
    return ConfigFile.text(source, overrides).contains(word);
  }
}
