package dev.latchkey.core.config;

import dev.latchkey.core.provider.ProviderLoader;
import dev.latchkey.core.provider.ProviderSettings;
import dev.latchkey.core.yaml.Faults;
import dev.latchkey.core.yaml.Names;
import dev.latchkey.core.yaml.Setting;
import dev.latchkey.core.yaml.Where;
import dev.latchkey.core.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Settings from outside the file: agent argument, system properties, environment. */
final class Overrides {
  private static final String PREFIX = "latchkey.";
  private static final String VARIABLE_PREFIX = "LATCHKEY_";
  private static final String KEYSET = "LATCHKEY_KEYSET";

  /** A value and where it was set. Immutable. */
  static final class Named {
    private final String value;
    private final Where where;

    Named(String value, Where where) {
      this.value = value;
      this.where = where;
    }

    String value() {
      return value;
    }

    Where where() {
      return where;
    }

    YamlNode node() {
      String text = value.trim();
      return text.isEmpty() ? YamlNode.nothing(where) : YamlNode.text(where, text);
    }
  }

  private final Map<String, Named> agent;
  private final Map<String, Named> properties;
  private final Map<String, String> environment;
  private final List<String> warnings = new ArrayList<>();

  private Overrides(
      Map<String, Named> agent, Map<String, Named> properties, Map<String, String> environment) {
    this.agent = agent;
    this.properties = properties;
    this.environment = environment;
  }

  static Overrides read(SettingsSource source, Faults faults) {
    Map<String, Named> properties = new TreeMap<>();
    source
        .properties()
        .forEach(
            (name, value) -> {
              if (name.startsWith(PREFIX)) {
                Where where = Where.place("system property " + name);
                properties.put(name.substring(PREFIX.length()), new Named(value, where));
              }
            });
    return new Overrides(
        argument(source.agentArgument(), faults), properties, source.environment());
  }

  /** The configuration file that is named; null for none. */
  @Nullable Named config() {
    if (agent.containsKey("config")) return agent.get("config");
    if (properties.containsKey("config")) return properties.get("config");
    return variable("LATCHKEY_CONFIG");
  }

  /** The keyset in the environment; null for none. */
  @Nullable Named keyset() {
    return variable(KEYSET);
  }

  /** The file's settings with everything else laid over them, the strongest last. */
  YamlNode over(YamlNode file) {
    YamlNode out = file;
    for (Map.Entry<String, Named> each : variables(file).entrySet()) out = with(out, each);
    for (Map.Entry<String, Named> each : properties.entrySet()) out = with(out, each);
    for (Map.Entry<String, Named> each : agent.entrySet()) out = with(out, each);
    return out;
  }

  /** What looks like a setting and is none. */
  List<String> warnings() {
    return warnings;
  }

  private static YamlNode with(YamlNode tree, Map.Entry<String, Named> setting) {
    if (setting.getKey().equals("config")) return tree;
    YamlNode top = YamlNode.under(setting.getKey(), setting.getValue().node());
    return tree.isMap() ? tree.overlaid(top) : tree.isNothing() ? top : tree;
  }

  private @Nullable Named variable(String name) {
    String value = environment.get(name);
    if (value == null || value.trim().isEmpty()) return null;
    return new Named(value, Where.place("environment variable " + name));
  }

  /** A variable's name does not tell dots from hyphens, so the known settings are looked up. */
  private Map<String, Named> variables(YamlNode file) {
    Map<String, String> settings = variableNames(file);
    Map<String, Named> out = new TreeMap<>();
    for (String variable : new TreeMap<>(environment).keySet()) {
      if (!variable.startsWith(VARIABLE_PREFIX)) continue;
      Named named = variable(variable);
      String setting = settings.get(variable);
      if (named != null && setting != null) out.put(setting, named);
      else if (setting == null) suspect(variable, settings.keySet());
    }
    return out;
  }

  private void suspect(String variable, Collection<String> known) {
    if (variable.equals(KEYSET) || variable.equals("LATCHKEY_CONFIG")) return;
    String nearest = Names.nearest(variable, known);
    if (nearest != null) {
      warnings.add(
          "environment variable " + variable + " is no setting; did you mean " + nearest + "?");
    }
  }

  private static Map<String, String> variableNames(YamlNode file) {
    Map<String, String> out = new LinkedHashMap<>();
    for (Setting<?> setting : GlobalSettings.all()) {
      out.put(variableOf(setting.name()), setting.name());
    }
    for (String client : GlobalSettings.CLIENTS) {
      String name = "instrumentation." + client + ".enabled";
      out.put(variableOf(name), name);
    }
    Set<String> providers = new LinkedHashSet<>(ProviderLoader.presets());
    YamlNode written = file.member("providers");
    if (written != null) providers.addAll(written.members().keySet());
    for (String provider : providers) {
      for (Setting<?> setting : ProviderSettings.all()) {
        String name = "providers." + provider + "." + setting.name();
        out.put(variableOf(name), name);
      }
    }
    return out;
  }

  private static String variableOf(String setting) {
    return VARIABLE_PREFIX + setting.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /**
   * {@code config=/path/latchkey.yaml,a.b=c}; what has no name before a {@code =} goes on with the
   * value before it, so values may hold commas.
   */
  private static Map<String, Named> argument(@Nullable String text, Faults faults) {
    Map<String, String> values = new LinkedHashMap<>();
    String last = null;
    for (String part : text == null ? new String[0] : text.split(",", -1)) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? "" : part.substring(0, equals).trim();
      if (name.matches("[a-z][a-z0-9-]*(\\.[a-z0-9-]+)*")) {
        last = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
        values.put(last, part.substring(equals + 1));
      } else if (last != null) {
        values.put(last, values.get(last) + "," + part);
      } else if (!part.trim().isEmpty()) {
        Where where = Where.place("agent argument");
        faults.add(where, "", "write it as config=/path/latchkey.yaml,name=value");
      }
    }
    Map<String, Named> out = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> out.put(name, new Named(value, Where.place("agent argument " + name))));
    return out;
  }
}
