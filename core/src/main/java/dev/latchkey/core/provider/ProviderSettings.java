package dev.latchkey.core.provider;

import dev.latchkey.core.key.Secret;
import dev.latchkey.core.yaml.Setting;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every setting of a provider that is a single value: what the loader reads and the manual shows.
 */
public final class ProviderSettings {
  static final Setting<List<String>> BASE_URL =
      Setting.list(
          "base-url",
          "https:// URLs; http:// for this machine only",
          null,
          "Calls to these URLs and below carry the provider's key; the first is used for key"
              + " management.");
  static final Setting<List<String>> EXCEPT =
      Setting.list(
          "except",
          "paths below base-url, such as /keys",
          null,
          "Calls below these paths are left alone: the application makes them with a key of its"
              + " own.");
  static final Setting<Secret> PROVISIONING_KEY =
      Setting.secret(
          "provisioning-key",
          "The key that makes keys. Default: the variable that provisioning-env names.");
  static final Setting<String> PROVISIONING_ENV =
      Setting.of(
              "provisioning-env",
              "the name of an environment variable",
              null,
              "The variable that holds the provisioning key.",
              text -> isVariable(text) ? text : null)
          .hidden();
  static final Setting<List<String>> ENV =
      Setting.list(
              "env",
              "names of environment variables",
              null,
              "Variables that hold keys; several keys with commas are a pool.")
          .then(ProviderSettings::variables)
          .hidden();
  static final Setting<String> KEY_FILE =
      Setting.text(
          "key-file",
          "a file; ~/ is the home folder, relative to the configuration file",
          null,
          "A text file that holds a key; it need not exist.");
  static final Setting<String> OWNER =
      Setting.word(
          "owner",
          Arrays.asList("user", "shared"),
          "shared",
          "user: one key for each user; shared: one pool for all.");
  static final Setting<BigDecimal> LIMIT =
      Setting.amount("limit", "What a new key may spend, in the provider's unit (USD).");
  static final Setting<String> LIMIT_RESET =
      Setting.word(
          "limit-reset",
          Arrays.asList("daily", "weekly", "monthly"),
          null,
          "When a new key's limit starts anew; without it never.");
  static final Setting<Duration> LIFETIME =
      Setting.span(
          "lifetime",
          Duration.ofMinutes(1),
          Duration.ofDays(3650),
          null,
          "The life time asked for a new key; it is renewed when a third is left. Without it no"
              + " end.");
  static final Setting<Integer> RENEWAL_BUDGET =
      Setting.number(
          "renewal-budget",
          0,
          1000,
          3,
          "Renewals allowed for one owner in an hour; 0 switches renewal off.");
  static final Setting<Duration> GRACE =
      Setting.span(
          "grace",
          Duration.ZERO,
          Duration.ofDays(30),
          Duration.ofMinutes(10),
          "How long a replaced key lives on before it is revoked.");
  static final Setting<String> ATTACH_HEADER =
      Setting.of(
          "attach.header",
          "the name of a header",
          null,
          "The header that carries the key.",
          text -> text.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}") ? text : null);
  static final Setting<String> ATTACH_TEMPLATE =
      Setting.of(
          "attach.template",
          "text with {key} in it once",
          "{key}",
          "The header's value.",
          text -> isTemplate(text) ? text : null);
  static final Setting<String> ATTACH_QUERY =
      Setting.text(
          "attach.query",
          "the name of a query parameter",
          null,
          "The query parameter that carries the key, instead of a header.");
  static final Setting<String> ATTACH_WHEN =
      Setting.word(
          "attach.when",
          Arrays.asList("always", "absent"),
          "always",
          "always: the application's key is replaced; absent: it is left alone.");
  static final Setting<Boolean> ATTACH_UNESCAPE =
      Setting.flag(
          "attach.unescape",
          false,
          "Whether a stored key with % in it is percent-decoded once before use.");
  static final Setting<String> KEY_PREFIX =
      Setting.text("key.prefix", "text", null, "What every key starts with.");
  static final Setting<List<String>> KEY_NOT_PREFIX =
      Setting.list(
          "key.not-prefix", "texts", null, "What keys of other kinds start with: refused.");
  static final Setting<Integer> KEY_SHORTEST =
      Setting.number("key.min-length", 1, 4096, 8, "The shortest key, in characters.");
  static final Setting<Integer> KEY_LONGEST =
      Setting.number("key.max-length", 1, 4096, 512, "The longest key, in characters.");
  static final Setting<String> QUOTA_PERIOD =
      Setting.word(
          "quota.period",
          Arrays.asList("day", "week", "month"),
          "day",
          "The span after which the provider's allowance starts anew.");
  static final Setting<ZoneId> QUOTA_ZONE =
      Setting.zone("quota.zone", "UTC", "The zone whose midnight that is.");

  private static final List<Setting<?>> ALL =
      Collections.unmodifiableList(
          Arrays.<Setting<?>>asList(
              BASE_URL,
              PROVISIONING_KEY,
              PROVISIONING_ENV,
              ENV,
              KEY_FILE,
              OWNER,
              LIMIT,
              LIMIT_RESET,
              LIFETIME,
              RENEWAL_BUDGET,
              GRACE,
              ATTACH_HEADER,
              ATTACH_TEMPLATE,
              ATTACH_QUERY,
              ATTACH_WHEN,
              ATTACH_UNESCAPE,
              EXCEPT,
              KEY_PREFIX,
              KEY_NOT_PREFIX,
              KEY_SHORTEST,
              KEY_LONGEST,
              QUOTA_PERIOD,
              QUOTA_ZONE));

  private ProviderSettings() {}

  /** All of them, the ones an operator needs first; names without {@code providers.NAME.}. */
  public static List<Setting<?>> all() {
    return ALL;
  }

  private static boolean isTemplate(String text) {
    boolean once = text.contains("{key}") && text.indexOf("{key}") == text.lastIndexOf("{key}");
    return once && text.matches("[ -~]*");
  }

  /** A key pasted where a variable's name belongs must be refused, and not be shown. */
  private static boolean isVariable(String text) {
    return text.matches("[A-Za-z_][A-Za-z0-9_]{0,99}");
  }

  private static @Nullable List<String> variables(List<String> names) {
    for (String name : names) if (!isVariable(name)) return null;
    return names;
  }
}
