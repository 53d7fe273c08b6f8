package dev.latchkey.core.provider;

import dev.latchkey.core.yaml.Faults;
import dev.latchkey.core.yaml.YamlFile;
import dev.latchkey.core.yaml.YamlNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The definitions that come with Latchkey, as resources beside this class. */
final class Presets {
  private static final List<String> NAMES =
      Collections.unmodifiableList(Arrays.asList("openai", "openrouter"));

  private Presets() {}

  static List<String> names() {
    return NAMES;
  }

  static boolean isPreset(String name) {
    return NAMES.contains(name);
  }

  /** A preset's document, its references to variables resolved. */
  static YamlNode read(String name, Function<String, @Nullable String> environment) {
    return parse(name + ".yaml", bytes(name + ".yaml"), environment);
  }

  /**
   * What stands above the preset's rules. Most of a preset is rules, and reading one whole takes a
   * JVM that has just started 5 to 8 ms; each start asks each preset for its variables.
   */
  static YamlNode head(String name, Function<String, @Nullable String> environment) {
    String text = new String(bytes(name + ".yaml"), StandardCharsets.UTF_8);
    int rules = text.indexOf("\nrules:");
    String head = rules < 0 ? text : text.substring(0, rules + 1);
    return parse(name + ".yaml", head.getBytes(StandardCharsets.UTF_8), environment);
  }

  /** The variable from which a preset's parameter takes its value; null for none. */
  static @Nullable String variableOf(String name, String parameter) {
    YamlNode parameters = head(name, variable -> variable).member("parameters");
    YamlNode value = parameters == null ? null : parameters.member(parameter);
    return value == null || !value.isText() ? null : value.text();
  }

  private static YamlNode parse(
      String file, byte[] text, Function<String, @Nullable String> environment) {
    Faults faults = Faults.create();
    YamlNode node = YamlFile.parse(file, text, environment, faults);
    if (!faults.isEmpty()) throw new IllegalStateException(faults.lines().toString());
    return node;
  }

  private static byte[] bytes(String file) {
    try (InputStream in = Presets.class.getResourceAsStream(file)) {
      if (in == null) throw new IllegalStateException("the jar lacks its resource " + file);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[4096];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) out.write(buffer, 0, n);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("the jar's resource " + file + " cannot be read", e);
    }
  }
}
