package dev.latchkey.core.provider;

import dev.latchkey.core.time.TimeSource;
import dev.latchkey.core.yaml.Faults;
import dev.latchkey.core.yaml.YamlFile;
import dev.latchkey.core.yaml.YamlNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Paths;
import java.time.Duration;
import java.util.Scanner;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Loads definitions for tests, with an empty environment. */
final class Definitions {
  private Definitions() {}

  /** A preset with these lines of settings laid over it. */
  static Provider preset(String name, TimeSource time, String... lines) {
    return preset(name, time, Duration.ofSeconds(10), lines);
  }

  /** As above, with a time-out of that length. */
  static Provider preset(String name, TimeSource time, Duration timeout, String... lines) {
    return load(name, time, timeout, String.join("\n", lines));
  }

  /** A definition among the test resources. */
  static Provider resource(String name) {
    try (InputStream in = Definitions.class.getResourceAsStream(name + ".yaml");
        Scanner text = new Scanner(in, "UTF-8").useDelimiter("\\A")) {
      return load(name, TimeSource.system(), Duration.ofSeconds(10), text.next());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Provider load(String name, TimeSource time, Duration timeout, String yaml) {
    Faults faults = Faults.create();
    Provider provider = tryLoad(name, time, timeout, yaml, faults);
    if (provider == null) throw new AssertionError(faults.lines());
    return provider;
  }

  static Provider tryLoad(
      String name, TimeSource time, Duration timeout, String yaml, Faults faults) {
    YamlNode node =
        YamlFile.parse(
            "test.yaml", yaml.getBytes(StandardCharsets.UTF_8), variable -> null, faults);
    return loader(time, timeout, variable -> null).load(name, node, name, faults);
  }

  static ProviderLoader loader(
      TimeSource time, Duration timeout, Function<String, @Nullable String> environment) {
    return ProviderLoader.create(
        environment, time, ProviderHttp.create(timeout), Paths.get("/work"), Paths.get("/home/me"));
  }
}
