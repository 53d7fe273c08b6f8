package dev.latchkey.core.provider;

import static dev.latchkey.core.provider.ProviderSettings.*;

import dev.latchkey.core.key.Secret;
import dev.latchkey.core.key.SecretAccess;
import dev.latchkey.core.time.TimeSource;
import dev.latchkey.core.yaml.Faults;
import dev.latchkey.core.yaml.Names;
import dev.latchkey.core.yaml.Section;
import dev.latchkey.core.yaml.YamlNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes providers from their definitions: a preset, the operator's settings laid over it, or a
 * definition that the operator wrote as a whole. Adding a provider takes no Java.
 */
public final class ProviderLoader {
  private final Function<String, @Nullable String> environment;
  private final TimeSource time;
  private final ProviderHttp http;
  private final Path folder;
  private final Path home;

  private ProviderLoader(
      Function<String, @Nullable String> environment,
      TimeSource time,
      ProviderHttp http,
      Path folder,
      Path home) {
    this.environment = environment;
    this.time = time;
    this.http = http;
    this.folder = folder;
    this.home = home;
  }

  /**
   * A loader.
   *
   * @param environment environment variables; null for one that is not set
   * @param http the client that all loaded providers share
   * @param folder what relative key files are relative to; absolute
   * @param home what {@code ~/} stands for
   */
  public static ProviderLoader create(
      Function<String, @Nullable String> environment,
      TimeSource time,
      ProviderHttp http,
      Path folder,
      Path home) {
    return new ProviderLoader(environment, time, http, folder, home);
  }

  /** The names of the presets, sorted. */
  public static List<String> presets() {
    return Presets.names();
  }

  /** Whether the environment holds a provisioning key or a key for that preset. */
  public boolean isInEnvironment(String preset) {
    Section section = Section.of(Presets.head(preset, environment), "", Faults.create());
    List<String> variables = new ArrayList<>();
    String provisioning = section.get(PROVISIONING_ENV);
    if (provisioning != null) variables.add(provisioning);
    List<String> keys = section.get(ENV);
    if (keys != null) variables.addAll(keys);
    for (String variable : variables) if (isSet(variable)) return true;
    return false;
  }

  /**
   * The provider of that name.
   *
   * @param settings the operator's settings; nothing for a preset as it is
   * @param path how messages name the settings, such as {@code providers.openrouter}
   * @return null if something is wrong with it, which is then among the faults
   */
  public @Nullable Provider load(String name, YamlNode settings, String path, Faults faults) {
    if (!name.matches("[a-z0-9][a-z0-9-]{0,39}")) {
      String rule = "a provider's name has up to 40 small letters, digits and hyphens";
      faults.add(settings.where(), "providers." + Names.safe(name), rule);
      return null;
    }
    YamlNode preset = Presets.isPreset(name) ? Presets.read(name, environment) : null;
    boolean bare = settings.members().isEmpty() && !settings.isText() && !settings.isList();
    if (preset == null && bare) {
      faults.add(settings.where(), path, noPreset(name));
      return null;
    }
    int before = faults.count();
    Section section = Section.of(merged(settings, preset), path, faults);
    Provider provider = read(name, section, settings, preset, faults);
    section.done();
    return faults.count() == before ? provider : null;
  }

  private static String noPreset(String name) {
    String nearest = Names.nearest(name, presets());
    String hint = nearest == null ? "" : "; did you mean " + nearest + "?";
    return "no preset of this name (there are: "
        + String.join(", ", presets())
        + ")"
        + hint
        + " For another provider write at least base-url and attach";
  }

  /** An operator's way to attach replaces the preset's as a whole; rules are read one by one. */
  private static YamlNode merged(YamlNode settings, @Nullable YamlNode preset) {
    if (preset == null) return settings;
    YamlNode attach = settings.member("attach");
    boolean own =
        attach != null && (attach.member("header") != null || attach.member("query") != null);
    YamlNode base = own ? preset.with("attach", YamlNode.nothing(preset.where())) : preset;
    return settings.over(base);
  }

  private Provider read(
      String name, Section section, YamlNode settings, @Nullable YamlNode preset, Faults faults) {
    List<Origin> origins = origins(section);
    QuotaClock clock = clock(section);
    Provider.KeyFormat format = format(section);
    Attachment attachment = new AttachmentReader(section).read();
    Classifier classifier = classifier(section, settings, preset, clock, faults);
    KeyCalls calls = calls(section, origins);
    Credentials credentials =
        new Credentials(
            provisioningKey(section),
            section.get(LIMIT),
            section.get(LIMIT_RESET),
            parameters(section),
            preset == null ? variable -> null : parameter -> Presets.variableOf(name, parameter));
    return new DefinedProvider(
        name,
        origins,
        except(section),
        attachment,
        classifier,
        new HttpProviderApi(name, calls, credentials, attachment, classifier, http, time),
        clock,
        section.value(OWNER).equals("shared"),
        EnvironmentKeys.read(orEmpty(section.get(ENV)), environment, format),
        section.get(PROVISIONING_ENV),
        keyFile(section),
        format,
        new Provider.RenewalPolicy(
            section.value(RENEWAL_BUDGET), section.value(GRACE), section.get(LIFETIME)));
  }

  private static List<Origin> origins(Section section) {
    List<Origin> out = new ArrayList<>();
    for (String url : orEmpty(section.require(BASE_URL))) {
      try {
        out.add(Origin.of(url));
      } catch (IllegalArgumentException e) {
        // The URL itself is not shown: it may hold a password.
        section.fault(BASE_URL.name(), String.valueOf(e.getMessage()));
      }
    }
    return out;
  }

  private static List<String> except(Section section) {
    List<String> out = new ArrayList<>();
    for (String path : orEmpty(section.get(EXCEPT))) out.add(Paths.exception(path));
    return out;
  }

  private static QuotaClock clock(Section section) {
    String period = section.value(QUOTA_PERIOD).toUpperCase(Locale.ROOT);
    return QuotaClock.of(QuotaClock.Period.valueOf(period), section.value(QUOTA_ZONE));
  }

  private static Provider.KeyFormat format(Section section) {
    String prefix = section.get(KEY_PREFIX);
    int shortest = section.value(KEY_SHORTEST);
    int longest = section.value(KEY_LONGEST);
    if (shortest > longest) {
      section.fault(KEY_SHORTEST.name(), "is over key.max-length: " + shortest + " > " + longest);
    }
    return new Provider.KeyFormat(
        prefix == null ? "" : prefix, orEmpty(section.get(KEY_NOT_PREFIX)), shortest, longest);
  }

  private static Classifier classifier(
      Section section,
      YamlNode settings,
      @Nullable YamlNode preset,
      QuotaClock clock,
      Faults faults) {
    section.node("rules");
    RulesReader reader = new RulesReader(clock, faults);
    String path = section.path() + ".rules";
    reader.add(Section.of(settings, "", Faults.create()).items("rules"), path);
    if (preset != null) reader.add(Section.of(preset, "", faults).items("rules"), path);
    return reader.classifier();
  }

  private static Map<String, String> parameters(Section section) {
    Section parameters = section.section("parameters");
    Map<String, String> out = new LinkedHashMap<>();
    for (String name : parameters.names()) {
      YamlNode value = parameters.node(name);
      if (value != null && value.isText()) out.put(name, value.text());
      else if (value != null && !value.isNothing()) parameters.fault(name, "text expected");
    }
    return out;
  }

  private static KeyCalls calls(Section section, List<Origin> origins) {
    String baseUrl = origins.isEmpty() ? "https://unknown.invalid" : origins.get(0).url();
    Set<String> parameters = new LinkedHashSet<>(section.section("parameters").names());
    return new CallsReader(section, baseUrl, parameters).read();
  }

  private @Nullable Secret provisioningKey(Section section) {
    Secret key = section.get(PROVISIONING_KEY);
    String variable = section.get(PROVISIONING_ENV);
    if (key == null && variable != null && isSet(variable)) {
      key = Secret.of(String.valueOf(environment.apply(variable)).trim());
    }
    if (key == null) return null;
    if (key.reveal(SecretAccess.granted()).matches("[!-~]+")) return key;
    section.fault(
        PROVISIONING_KEY.name(),
        "not a key (value not shown): printable ASCII without blanks expected");
    return null;
  }

  private boolean isSet(String variable) {
    String value = environment.apply(variable);
    return value != null && !value.trim().isEmpty();
  }

  private @Nullable Path keyFile(Section section) {
    String text = section.get(KEY_FILE);
    if (text == null) return null;
    try {
      Path path = text.startsWith("~/") ? home.resolve(text.substring(2)) : folder.resolve(text);
      return path.toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      section.fault(KEY_FILE.name(), "not a file name: " + e.getReason());
      return null;
    }
  }

  private static List<String> orEmpty(@Nullable List<String> list) {
    return list == null ? new ArrayList<>() : list;
  }

  /** Reads how a key is attached. */
  private static final class AttachmentReader {
    private final Section section;

    AttachmentReader(Section section) {
      this.section = section;
    }

    Attachment read() {
      String header = section.get(ATTACH_HEADER);
      String query = section.get(ATTACH_QUERY);
      boolean missing = header == null && query == null && !section.isPartial();
      if (missing || (header != null && query != null)) {
        section.fault(
            "attach", "one of header and query expected: {header: X-API-Key} or {query: key}");
      }
      Section with = section.section("attach").section("with");
      return new KeyAttachment(
          header,
          section.value(ATTACH_TEMPLATE),
          query,
          texts(with.section("headers")),
          texts(with.section("query")),
          section.value(ATTACH_WHEN).equals("absent"),
          section.value(ATTACH_UNESCAPE));
    }

    private static Map<String, String> texts(Section section) {
      Map<String, String> out = new LinkedHashMap<>();
      for (String name : section.names()) {
        YamlNode value = section.node(name);
        if (value != null && value.isText() && value.text().matches("\\P{Cntrl}+")) {
          out.put(name, value.text());
        } else {
          section.fault(name, "text on one line expected");
        }
      }
      return out;
    }
  }
}
