package dev.latchkey.core.config;

import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Where settings come from, as values: nothing else is looked at. Immutable. */
public final class SettingsSource {
  private final @Nullable String agentArgument;
  private final Map<String, String> properties;
  private final Map<String, String> environment;
  private final @Nullable Path jarFolder;
  private final Path home;

  private SettingsSource(
      @Nullable String agentArgument,
      Map<String, String> properties,
      Map<String, String> environment,
      @Nullable Path jarFolder,
      Path home) {
    this.agentArgument = agentArgument;
    this.properties = Collections.unmodifiableMap(new HashMap<>(properties));
    this.environment = Collections.unmodifiableMap(new HashMap<>(environment));
    this.jarFolder = jarFolder;
    this.home = home;
  }

  /**
   * These values.
   *
   * @param agentArgument what follows {@code -javaagent:latchkey-agent.jar=}; null for nothing
   * @param properties system properties; {@code user.dir} is what a relative file is relative to
   * @param environment environment variables
   * @param jarFolder where {@code latchkey.yaml} is looked for when no file is named; null for
   *     nowhere
   * @param home the user's home folder
   */
  public static SettingsSource of(
      @Nullable String agentArgument,
      Map<String, String> properties,
      Map<String, String> environment,
      @Nullable Path jarFolder,
      Path home) {
    return new SettingsSource(agentArgument, properties, environment, jarFolder, home);
  }

  /** This process's system properties, environment and home folder. */
  public static SettingsSource ofProcess(@Nullable String agentArgument, @Nullable Path jarFolder) {
    Properties all = System.getProperties();
    Map<String, String> properties = new HashMap<>();
    for (String name : all.stringPropertyNames()) {
      String value = all.getProperty(name);
      if (value != null) properties.put(name, value);
    }
    String home = properties.getOrDefault("user.home", ".");
    return of(agentArgument, properties, System.getenv(), jarFolder, Paths.get(home));
  }

  @Nullable String agentArgument() {
    return agentArgument;
  }

  Map<String, String> properties() {
    return properties;
  }

  Map<String, String> environment() {
    return environment;
  }

  @Nullable Path jarFolder() {
    return jarFolder;
  }

  Path home() {
    return home;
  }

  /** What relative files are relative to when no configuration file is there. */
  Path workingFolder() {
    return Paths.get(properties.getOrDefault("user.dir", ".")).toAbsolutePath();
  }
}
