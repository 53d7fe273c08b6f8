package dev.latchkey.core.config;

import static dev.latchkey.core.config.GlobalSettings.*;

import dev.latchkey.core.key.Secret;
import dev.latchkey.core.provider.Provider;
import dev.latchkey.core.provider.ProviderHttp;
import dev.latchkey.core.provider.ProviderLoader;
import dev.latchkey.core.time.TimeSource;
import dev.latchkey.core.yaml.Faults;
import dev.latchkey.core.yaml.Section;
import dev.latchkey.core.yaml.Setting;
import dev.latchkey.core.yaml.YamlNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings. In order of strength: agent argument, system properties {@code
 * latchkey.a.b-c}, environment variables {@code LATCHKEY_A_B_C}, the file; the file is the one that
 * the agent argument {@code config} names, else {@code latchkey.config}, else {@code
 * LATCHKEY_CONFIG}, else {@code latchkey.yaml} beside the jar, else none.
 *
 * <p>Without {@code providers} in the file each preset is active whose variable is set.
 */
public final class SettingsLoader {
  private final SettingsSource source;
  private final TimeSource time;
  private final Faults faults = Faults.create();

  private SettingsLoader(SettingsSource source, TimeSource time) {
    this.source = source;
    this.time = time;
  }

  /**
   * The settings in force.
   *
   * @throws ConfigException with everything that is wrong, if anything is
   */
  public static Settings load(SettingsSource source) {
    return load(source, TimeSource.system());
  }

  /**
   * As {@link #load(SettingsSource)}, with the clocks that the providers shall use.
   *
   * @throws ConfigException with everything that is wrong, if anything is
   */
  public static Settings load(SettingsSource source, TimeSource time) {
    return new SettingsLoader(source, time).load();
  }

  private Settings load() {
    Overrides overrides = Overrides.read(source, faults);
    ConfigFile file = ConfigFile.find(source, overrides, faults);
    Section root = Section.of(overrides.over(file.tree()), "", faults);
    Path path = file.path();
    Path parent = path == null ? null : path.getParent();
    Path folder = parent == null ? source.workingFolder() : parent;
    Settings.Builder b = new Settings.Builder();
    b.file = path;
    b.warnings.addAll(overrides.warnings());
    values(b, root, folder);
    keyset(b, root, folder, overrides.keyset());
    clients(b, root.section("instrumentation"));
    providers(b, root, folder, file.tree());
    root.done();
    if (!faults.isEmpty()) throw new ConfigException(faults.lines());
    return b.build();
  }

  private void values(Settings.Builder b, Section root, Path folder) {
    b.enabled = root.value(ENABLED);
    b.dryRun = root.value(DRY_RUN);
    b.storeUrl = storeUrl(root, folder);
    b.storeUsername = root.get(STORE_USERNAME);
    b.storePassword = root.get(STORE_PASSWORD);
    b.storeNotify = root.value(STORE_NOTIFY);
    b.defaultOwner = root.value(DEFAULT_OWNER);
    b.refusesDisabled = root.value(DISABLED_OWNER).equals("refuse");
    b.maxOwners = root.value(MAX_OWNERS);
    b.trustedProxies = root.get(TRUSTED_PROXIES);
    b.propagate = root.value(PROPAGATE);
    b.provisioningTimeout = root.value(WAIT_PROVISIONING);
    b.waiterTimeout = root.value(WAIT_WAITER);
    b.logFile = path(root, LOG_FILE, folder);
    b.logLevel = root.value(LOG_LEVEL);
  }

  private String storeUrl(Section root, Path folder) {
    String url = root.value(STORE_URL);
    if (!url.startsWith("h2:")) return url;
    try {
      return "h2:" + Folders.resolve(url.substring("h2:".length()), folder, source.home());
    } catch (InvalidPathException e) {
      root.fault(STORE_URL.name(), "not a folder's name: " + e.getReason());
      return url;
    }
  }

  /** A keyset in the environment is the keyset; a file is asked for only without one. */
  private void keyset(
      Settings.Builder b, Section root, Path folder, Overrides.@Nullable Named inEnvironment) {
    Path file = path(root, KEYSET_FILE, folder);
    if (inEnvironment == null) {
      b.keysetFile = file;
      if (!root.has(KEYSET_FILE) && b.storeUrl.startsWith("jdbc:postgresql:")) {
        b.warnings.add(
            "encryption.keyset-file is not set: this machine keeps a keyset of its own in "
                + file
                + ", and other machines cannot open the keys it stores; give all of them one keyset"
                + " (encryption.keyset-file or LATCHKEY_KEYSET)");
      }
      return;
    }
    b.keysetText = Secret.of(inEnvironment.value().trim());
    if (root.has(KEYSET_FILE)) {
      b.warnings.add("encryption.keyset-file is not used: LATCHKEY_KEYSET holds the keyset");
    }
  }

  private @Nullable Path path(Section root, Setting<String> setting, Path folder) {
    String text = root.get(setting);
    if (text == null) return null;
    try {
      return Folders.resolve(text, folder, source.home());
    } catch (InvalidPathException e) {
      root.fault(setting.name(), "not a file name: " + e.getReason());
      return null;
    }
  }

  private static void clients(Settings.Builder b, Section clients) {
    for (String client : CLIENTS) {
      boolean on = clients.section(client).value(CLIENT_ENABLED);
      if (!on) b.clientsOff.add(client);
    }
  }

  private void providers(Settings.Builder b, Section root, Path folder, YamlNode file) {
    ProviderLoader loader =
        ProviderLoader.create(
            source.environment()::get,
            time,
            ProviderHttp.create(b.provisioningTimeout),
            folder,
            source.home());
    Section section = root.section("providers");
    Set<String> names = new LinkedHashSet<>(section.names());
    YamlNode written = file.member("providers");
    if (written == null || written.isNothing()) addPresets(names, loader);
    for (String name : names) {
      YamlNode settings = section.node(name);
      if (settings == null) settings = YamlNode.nothing(section.where());
      Provider provider = loader.load(name, settings, "providers." + name, faults);
      if (provider != null) add(b, provider);
    }
    if (names.isEmpty()) b.warnings.add(noProvider());
  }

  private static void addPresets(Set<String> names, ProviderLoader loader) {
    for (String preset : ProviderLoader.presets()) {
      if (loader.isInEnvironment(preset)) names.add(preset);
    }
  }

  private static void add(Settings.Builder b, Provider provider) {
    b.providers.add(provider);
    for (String fault : provider.environmentFaults()) {
      b.warnings.add(provider.name() + ": " + fault);
    }
  }

  private static String noProvider() {
    List<String> presets = ProviderLoader.presets();
    return "no provider is active: set OPENROUTER_PROVISIONING_KEY, or name one under providers in"
        + " latchkey.yaml (presets: "
        + String.join(", ", presets)
        + ")";
  }
}
