package dev.latchkey.core.config;

import dev.latchkey.core.key.Owner;
import dev.latchkey.core.key.Secret;
import dev.latchkey.core.provider.Provider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The settings in force, checked. Made by {@link SettingsLoader}. Immutable. */
public final class Settings {
  private final boolean enabled;
  private final boolean dryRun;
  private final String storeUrl;
  private final @Nullable String storeUsername;
  private final @Nullable Secret storePassword;
  private final boolean storeNotify;
  private final @Nullable Path keysetFile;
  private final @Nullable Secret keysetText;
  private final Owner defaultOwner;
  private final boolean refusesDisabled;
  private final int maxOwners;
  private final List<AddressRange> trustedProxies;
  private final boolean propagate;
  private final Duration provisioningTimeout;
  private final Duration waiterTimeout;
  private final @Nullable Path logFile;
  private final String logLevel;
  private final Set<String> clientsOff;
  private final List<Provider> providers;
  private final @Nullable Path file;
  private final List<String> warnings;

  private Settings(Builder b) {
    enabled = b.enabled;
    dryRun = b.dryRun;
    storeUrl = b.storeUrl;
    storeUsername = b.storeUsername;
    storePassword = b.storePassword;
    storeNotify = b.storeNotify;
    keysetFile = b.keysetFile;
    keysetText = b.keysetText;
    defaultOwner = b.defaultOwner;
    refusesDisabled = b.refusesDisabled;
    maxOwners = b.maxOwners;
    trustedProxies =
        b.trustedProxies == null
            ? Collections.<AddressRange>emptyList()
            : Collections.unmodifiableList(new ArrayList<>(b.trustedProxies));
    propagate = b.propagate;
    provisioningTimeout = b.provisioningTimeout;
    waiterTimeout = b.waiterTimeout;
    logFile = b.logFile;
    logLevel = b.logLevel;
    clientsOff = Collections.unmodifiableSet(new HashSet<>(b.clientsOff));
    providers = Collections.unmodifiableList(new ArrayList<>(b.providers));
    file = b.file;
    warnings = Collections.unmodifiableList(new ArrayList<>(b.warnings));
  }

  /** Whether Latchkey is at work at all; true by default. */
  public boolean enabled() {
    return enabled;
  }

  /** Whether it only logs what it would do; false by default. */
  public boolean dryRun() {
    return dryRun;
  }

  /** The key table's place: a JDBC URL, {@code h2:} and an absolute folder, or {@code memory}. */
  public String storeUrl() {
    return storeUrl;
  }

  /** The database user; null for none. */
  public @Nullable String storeUsername() {
    return storeUsername;
  }

  /** The database user's password; null for none. */
  public @Nullable Secret storePassword() {
    return storePassword;
  }

  /** Whether LISTEN/NOTIFY may hold a connection of its own; false by default. */
  public boolean storeNotify() {
    return storeNotify;
  }

  /** The keyset's file, absolute; null where {@link #keysetText} is the keyset. */
  public @Nullable Path keysetFile() {
    return keysetFile;
  }

  /** The keyset itself, from {@code LATCHKEY_KEYSET}; null where it is in a file. */
  public @Nullable Secret keysetText() {
    return keysetText;
  }

  /** Whose key is used where no user is known; {@code app} by default. */
  public Owner defaultOwner() {
    return defaultOwner;
  }

  /** Whether a disabled owner's calls are answered 403 and do not leave; false by default. */
  public boolean refusesDisabled() {
    return refusesDisabled;
  }

  /** The most owners kept in memory, 1 to 10,000,000; 100,000 by default. */
  public int maxOwners() {
    return maxOwners;
  }

  /** From which addresses a user id in a header is believed; from none by default. */
  public List<AddressRange> trustedProxies() {
    return trustedProxies;
  }

  /** Whether work that is handed to executors goes on for its user; false by default. */
  public boolean propagate() {
    return propagate;
  }

  /** The longest that one key-management call may take, 100 ms to 5 min; 10 s by default. */
  public Duration provisioningTimeout() {
    return provisioningTimeout;
  }

  /** The longest that a refused call waits for its new key, 100 ms to 5 min; 15 s by default. */
  public Duration waiterTimeout() {
    return waiterTimeout;
  }

  /** The log's file, absolute; null for stderr. */
  public @Nullable Path logFile() {
    return logFile;
  }

  /** {@code error}, {@code warn}, {@code info} (default) or {@code debug}. */
  public String logLevel() {
    return logLevel;
  }

  /** The names of all HTTP clients that may be switched off, such as {@code okhttp}. */
  public static List<String> clients() {
    return GlobalSettings.CLIENTS;
  }

  /** Whether calls of that HTTP client are looked at; true unless its setting says false. */
  public boolean instrumentationEnabled(String client) {
    return !clientsOff.contains(client);
  }

  /** The active providers, in the order of the settings. */
  public List<Provider> providers() {
    return providers;
  }

  /** The configuration file that was read, absolute; null for none. */
  public @Nullable Path file() {
    return file;
  }

  /** What is probably not meant, one line each, without secrets. */
  public List<String> warnings() {
    return warnings;
  }

  /** Providers and store kind only. */
  @Override
  public String toString() {
    int colon = storeUrl.indexOf(':', storeUrl.startsWith("jdbc:") ? 5 : 0);
    return providers + ", store " + (colon < 0 ? storeUrl : storeUrl.substring(0, colon));
  }

  /** Collects values for the loader. */
  static final class Builder {
    boolean enabled;
    boolean dryRun;
    String storeUrl = "memory";
    @Nullable String storeUsername;
    @Nullable Secret storePassword;
    boolean storeNotify;
    @Nullable Path keysetFile;
    @Nullable Secret keysetText;
    Owner defaultOwner = Owner.of("app");
    boolean refusesDisabled;
    int maxOwners;
    @Nullable List<AddressRange> trustedProxies;
    boolean propagate;
    Duration provisioningTimeout = Duration.ZERO;
    Duration waiterTimeout = Duration.ZERO;
    @Nullable Path logFile;
    String logLevel = "info";
    final Set<String> clientsOff = new HashSet<>();
    final List<Provider> providers = new ArrayList<>();
    @Nullable Path file;
    final List<String> warnings = new ArrayList<>();

    Settings build() {
      return new Settings(this);
    }
  }
}
