package dev.latchkey.filter.gate;

import dev.latchkey.core.yaml.Names;
import dev.latchkey.core.yaml.Setting;
import dev.latchkey.filter.identity.TrustedProxies;
import dev.latchkey.filter.identity.UserSource;
import dev.latchkey.filter.login.LoginPaths;
import jakarta.servlet.FilterConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The init parameters of web.xml, checked; whatever is wrong is told at once. Immutable. */
final class Options {
  static final Setting<String> CONFIG =
      Setting.text(
          "config",
          "a file; /WEB-INF/... lies in the application",
          null,
          "The configuration file; without it the agent's.");
  static final Setting<String> USER =
      Setting.of(
          "user",
          "principal, session:NAME, header:NAME, param:NAME",
          "principal",
          "Where a request says whose it is: the container's login, an attribute of the session (or"
              + " a property of one, such as session:user.id), a header that a trusted proxy sets,"
              + " or a parameter of the login.",
          text -> UserSource.parse(text, TrustedProxies.NONE) == null ? null : text);
  static final Setting<LoginPaths> LOGIN_PATH =
      Setting.of(
          "login-path",
          "paths that begin with /, with commas between them",
          null,
          "A POST to it that is answered with a status under 400 is a login. Without it a session's"
              + " first request with a user is his login.",
          LoginPaths::parse);
  static final Setting<Boolean> LOGIN_JSON =
      Setting.flag(
          "login-json", false, "true merges api_key_status into the JSON answer of a login.");
  static final Setting<Duration> SYNC_TIMEOUT =
      Setting.span(
          "sync-timeout",
          Duration.ZERO,
          Duration.ofMinutes(1),
          Duration.ofSeconds(2),
          "The longest that a login waits for its key; the sync then goes on in the background.");
  static final Setting<String> DATA_SOURCE =
      Setting.text(
          "data-source",
          "a JNDI name, such as jdbc/keys",
          null,
          "A container's DataSource that holds the keys, instead of store.url.");

  private static final List<Setting<?>> ALL =
      Collections.unmodifiableList(
          Arrays.<Setting<?>>asList(
              CONFIG, USER, LOGIN_PATH, LOGIN_JSON, SYNC_TIMEOUT, DATA_SOURCE));

  private final FilterConfig config;
  private final List<String> faults = new ArrayList<>();

  private Options(FilterConfig config) {
    this.config = config;
  }

  /** All that web.xml says to this filter. */
  static Options of(FilterConfig config) {
    Options options = new Options(config);
    options.check();
    return options;
  }

  /** All parameters, for the manual. */
  static List<Setting<?>> all() {
    return ALL;
  }

  /** What is wrong, a line each; empty if nothing is. */
  List<String> faults() {
    return Collections.unmodifiableList(faults);
  }

  /** What was set, or the default; null for neither. */
  <T> @Nullable T get(Setting<T> setting) {
    String text = config.getInitParameter(setting.name());
    return text == null || text.trim().isEmpty() ? setting.standardValue() : setting.parse(text);
  }

  /** The same where there is a default. */
  <T> T value(Setting<T> setting) {
    T value = get(setting);
    if (value == null) throw new IllegalStateException(setting + " has no default");
    return value;
  }

  LoginPaths loginPaths() {
    LoginPaths paths = get(LOGIN_PATH);
    return paths == null ? LoginPaths.none() : paths;
  }

  private void check() {
    for (String name : Collections.list(config.getInitParameterNames())) checkName(name);
    for (Setting<?> setting : ALL) {
      if (get(setting) == null && isSet(setting)) fault(setting, "allowed: " + setting.range());
    }
    if (Boolean.TRUE.equals(get(LOGIN_JSON)) && !isSet(LOGIN_PATH)) {
      fault(LOGIN_JSON, "needs login-path: only the answer to a login is changed");
    }
    if (String.valueOf(get(USER)).startsWith("param:") && !isSet(LOGIN_PATH)) {
      fault(USER, "param: needs login-path, since only a login carries the parameter");
    }
  }

  private boolean isSet(Setting<?> setting) {
    String text = config.getInitParameter(setting.name());
    return text != null && !text.trim().isEmpty();
  }

  private void checkName(String name) {
    List<String> known = new ArrayList<>();
    for (Setting<?> setting : ALL) known.add(setting.name());
    if (known.contains(name)) return;
    String nearest = Names.nearest(name, known);
    fault(where(name) + "no such parameter" + (nearest == null ? "" : didYouMean(nearest)));
  }

  private static String didYouMean(String name) {
    return "; did you mean " + name + "?";
  }

  /** What is wrong with a parameter, and what to do. */
  void fault(Setting<?> setting, String what) {
    fault(where(setting.name()) + what);
  }

  /** Anything that is wrong. */
  void fault(String line) {
    faults.add(line);
  }

  private String where(String name) {
    return "web.xml, filter " + config.getFilterName() + ", init parameter " + name + ": ";
  }
}
