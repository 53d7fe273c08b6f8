package dev.latchkey.core.config;

import dev.latchkey.core.provider.ProviderSettings;
import dev.latchkey.core.yaml.Setting;

/**
 * The manual of all settings, made from the very values that the loader reads them with, so the two
 * cannot drift apart.
 */
public final class SettingsManual {
  private SettingsManual() {}

  /** A Markdown table: setting, meaning, what is allowed, default. Ends with a line break. */
  public static String markdown() {
    StringBuilder out = new StringBuilder();
    out.append("| setting | meaning | allowed | default |\n|---|---|---|---|\n");
    for (Setting<?> setting : GlobalSettings.all()) row(out, "", setting);
    row(out, "instrumentation.CLIENT.", GlobalSettings.CLIENT_ENABLED);
    for (Setting<?> setting : ProviderSettings.all()) row(out, "providers.NAME.", setting);
    return out.toString();
  }

  private static void row(StringBuilder out, String prefix, Setting<?> setting) {
    String standard = setting.standard();
    out.append("| `").append(prefix).append(setting.name()).append("` | ");
    out.append(cell(setting.meaning())).append(" | ").append(cell(setting.range())).append(" | ");
    out.append(standard == null ? "" : '`' + standard + '`').append(" |\n");
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
