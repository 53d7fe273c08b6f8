package dev.latchkey.sample.demo;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * How one application is set up: where questions go, and Latchkey's settings in a file of the
 * demo's own, so that nothing in {@code ~/.latchkey} is touched. Immutable.
 */
final class Setup {
  private final String name;
  private final String baseUrl;
  private final String provisioningKey;
  private final Path config;

  private Setup(String name, String baseUrl, String provisioningKey, Path config) {
    this.name = name;
    this.baseUrl = baseUrl;
    this.provisioningKey = provisioningKey;
    this.config = config;
  }

  /**
   * Writes the settings file.
   *
   * @param name of the application's folder in the workspace
   * @param owner whose key the application uses
   * @param extra lines of the provider's settings, without indentation
   */
  static Setup create(
      Workspace workspace,
      String name,
      String owner,
      String baseUrl,
      String provisioningKey,
      String... extra)
      throws IOException {
    Path folder = workspace.folder(name);
    List<String> yaml = new ArrayList<>();
    yaml.add("store: {url: 'h2:" + folder.resolve("store") + "'}");
    yaml.add("encryption: {keyset-file: '" + folder.resolve("keyset.json") + "'}");
    yaml.add("identity: {default-owner: " + owner + "}");
    yaml.add("providers:");
    yaml.add("  openrouter:");
    yaml.add("    base-url: " + baseUrl);
    for (String line : extra) yaml.add("    " + line);
    Path config = Workspace.write(folder.resolve("latchkey.yaml"), String.join("\n", yaml) + "\n");
    return new Setup(name, baseUrl, provisioningKey, config);
  }

  String name() {
    return name;
  }

  String baseUrl() {
    return baseUrl;
  }

  /** The flag that a user adds. */
  List<String> jvmArguments(File agent) {
    return Collections.singletonList("-javaagent:" + agent + "=config=" + config);
  }

  Map<String, String> environment() {
    return Collections.singletonMap("OPENROUTER_PROVISIONING_KEY", provisioningKey);
  }

  /** Latchkey's command line over the same settings. */
  List<String> commandLine(File agent, String... command) {
    List<String> arguments = new ArrayList<>(Arrays.asList("-jar", agent.getPath()));
    arguments.addAll(Arrays.asList(command));
    arguments.addAll(Arrays.asList("--config", config.toString()));
    return arguments;
  }
}
