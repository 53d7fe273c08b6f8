package dev.latchkey.core.config;

import dev.latchkey.core.key.Owner;
import dev.latchkey.core.key.Secret;
import dev.latchkey.core.yaml.Setting;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Every setting that concerns no single provider: what the loader reads and the manual shows. */
final class GlobalSettings {
  static final Setting<Boolean> ENABLED =
      Setting.flag("enabled", true, "false switches all of Latchkey off.");
  static final Setting<Boolean> DRY_RUN =
      Setting.flag(
          "dry-run",
          false,
          "true logs what would be done; no call is changed, no key made and nothing stored.");
  static final Setting<String> STORE_URL =
      Setting.of(
              "store.url",
              "jdbc:postgresql://..., jdbc:h2:..., h2:FOLDER, memory",
              "h2:~/.latchkey",
              "Where the keys are kept: PostgreSQL for a fleet, the embedded H2 in a folder for one"
                  + " machine, memory for a trial.",
              GlobalSettings::storeUrl)
          .hidden();
  static final Setting<String> STORE_USERNAME =
      Setting.text("store.username", "text", null, "The database user.");
  static final Setting<Secret> STORE_PASSWORD =
      Setting.secret("store.password", "The database user's password.");
  static final Setting<Boolean> STORE_NOTIFY =
      Setting.flag(
          "store.notify",
          false,
          "true grants LISTEN/NOTIFY a connection of its own, which stays open: changes by other JVMs"
              + " arrive at once rather than within a second (PostgreSQL).");
  static final Setting<String> KEYSET_FILE =
      Setting.text(
          "encryption.keyset-file",
          "a file; ~/ is the home folder, relative to the configuration file",
          "~/.latchkey/keyset.json",
          "The keyset that seals the keys; made with mode 0600 on first use. The variable"
              + " LATCHKEY_KEYSET may hold the keyset itself instead. A fleet shares one.");
  static final Setting<Owner> DEFAULT_OWNER =
      Setting.of(
          "identity.default-owner",
          "text that is not blank",
          "app",
          "Whose key is used where no user is known.",
          Owner::of);
  static final Setting<String> DISABLED_OWNER =
      Setting.word(
          "identity.disabled-owner",
          Arrays.asList("pass", "refuse"),
          "pass",
          "What becomes of a disabled user's calls: pass, they go out as the application made them;"
              + " refuse, they are answered 403 and do not leave.");
  static final Setting<Integer> MAX_OWNERS =
      Setting.number(
          "identity.max-owners",
          1,
          10_000_000,
          100_000,
          "The most owners that are kept in memory at a time.");
  static final Setting<List<AddressRange>> TRUSTED_PROXIES =
      Setting.list(
              "identity.trusted-proxies",
              "IP addresses and ranges such as 10.0.0.0/8, ::1",
              null,
              "From which addresses the filter believes a user id in a header; from none without"
                  + " it.")
          .then(AddressRange::parseAll);
  static final Setting<Boolean> PROPAGATE =
      Setting.flag(
          "identity.propagate",
          false,
          "true lets work that a request hands to executors and asynchronous stages go on for its"
              + " user.");
  static final Setting<Duration> WAIT_PROVISIONING =
      Setting.span(
          "waits.provisioning",
          Duration.ofMillis(100),
          Duration.ofMinutes(5),
          Duration.ofSeconds(10),
          "The longest that one call to a provider's keys API may take.");
  static final Setting<Duration> WAIT_WAITER =
      Setting.span(
          "waits.waiter",
          Duration.ofMillis(100),
          Duration.ofMinutes(5),
          Duration.ofSeconds(15),
          "The longest that a refused call waits for its new key.");
  static final Setting<String> LOG_FILE =
      Setting.text(
          "log.file",
          "a file; ~/ is the home folder, relative to the configuration file",
          null,
          "Where Latchkey logs; without it on stderr.");
  static final Setting<String> LOG_LEVEL =
      Setting.word(
          "log.level",
          Arrays.asList("error", "warn", "info", "debug"),
          "info",
          "What is logged: this and everything more important.");

  /** The HTTP clients that the agent knows; a test of the agent holds this against its own list. */
  static final List<String> CLIENTS =
      Collections.unmodifiableList(
          Arrays.asList("httpurlconnection", "jdk", "okhttp", "apache4", "apache5"));

  /** Of each client; the name stands for {@code instrumentation.CLIENT.enabled}. */
  static final Setting<Boolean> CLIENT_ENABLED =
      Setting.flag("enabled", true, "false leaves that HTTP client alone.");

  private static final List<Setting<?>> ALL =
      Collections.unmodifiableList(
          Arrays.<Setting<?>>asList(
              ENABLED,
              DRY_RUN,
              STORE_URL,
              STORE_USERNAME,
              STORE_PASSWORD,
              STORE_NOTIFY,
              KEYSET_FILE,
              DEFAULT_OWNER,
              DISABLED_OWNER,
              MAX_OWNERS,
              TRUSTED_PROXIES,
              PROPAGATE,
              WAIT_PROVISIONING,
              WAIT_WAITER,
              LOG_FILE,
              LOG_LEVEL));

  private GlobalSettings() {}

  /** All of them but the clients'. */
  static List<Setting<?>> all() {
    return ALL;
  }

  private static @org.jspecify.annotations.Nullable String storeUrl(String text) {
    boolean known =
        text.startsWith("jdbc:postgresql:")
            || text.startsWith("jdbc:h2:")
            || (text.startsWith("h2:") && text.length() > 3)
            || text.equals("memory");
    return known ? text : null;
  }
}
