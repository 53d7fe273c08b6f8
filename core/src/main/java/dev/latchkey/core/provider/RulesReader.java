package dev.latchkey.core.provider;

import dev.latchkey.core.yaml.Durations;
import dev.latchkey.core.yaml.Faults;
import dev.latchkey.core.yaml.Section;
import dev.latchkey.core.yaml.Setting;
import dev.latchkey.core.yaml.YamlNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a definition's rules; one use. */
final class RulesReader {
  private static final int MOST_RULES = 200;

  private static final Setting<List<int[]>> STATUS = new StatusSpans().setting("status");
  private static final Setting<Verdict> VERDICT =
      Setting.of(
          "verdict",
          "ok, key-invalid, key-expired, quota-exhausted, rate-limited, out-of-credit, forbidden,"
              + " bad-request, transient, unknown",
          null,
          "What the answer says about the key.",
          RulesReader::verdict);
  private static final Setting<String> REASON =
      Setting.text("reason", "text", null, "Why, for people.");
  private static final Setting<String> HEADER =
      Setting.text("header", "the name of a header", null, "The header that tells the time.");
  private static final Setting<JsonPath> JSON =
      pointer("json", "The place in the body that tells the time.");
  private static final Setting<String> AS =
      Setting.word(
          "as",
          Arrays.asList(
              "seconds", "millis", "epoch-seconds", "epoch-millis", "duration", "timestamp"),
          "seconds",
          "How the time is written.");

  private final QuotaClock clock;
  private final Faults faults;
  private final Set<JsonPath> wanted = new LinkedHashSet<>();
  private final List<Rule> rules = new ArrayList<>();

  RulesReader(QuotaClock clock, Faults faults) {
    this.clock = clock;
    this.faults = faults;
  }

  /** A setting that holds a JSON pointer. */
  static Setting<JsonPath> pointer(String name, String meaning) {
    return Setting.of(name, "a JSON pointer such as /error/code", null, meaning, RulesReader::path);
  }

  /** Adds the rules of a list, in order. */
  void add(List<YamlNode> items, String path) {
    for (int i = 0; i < items.size() && i < MOST_RULES; i++) {
      Section section = Section.of(items.get(i), path + "[" + (i + 1) + "]", faults);
      Rule rule = rule(section);
      section.done();
      if (rule != null) rules.add(rule);
    }
    if (items.size() > MOST_RULES) {
      faults.add(items.get(MOST_RULES).where(), path, "at most " + MOST_RULES + " rules allowed");
    }
  }

  /** Of these rules and, after them, those that hold for every provider. */
  Classifier classifier() {
    List<Rule> all = new ArrayList<>(rules);
    all.addAll(StandardRules.ALL);
    return new RuleClassifier(all, new ArrayList<>(wanted));
  }

  private @Nullable Rule rule(Section section) {
    List<Condition> conditions = conditions(section);
    Verdict verdict = section.require(VERDICT);
    String reason = section.get(REASON);
    List<RetryTime> retry = retry(section);
    if (conditions.isEmpty() && !section.isEmpty()) {
      section.fault("", "a rule needs a condition: status, header, json, xml or body");
    }
    if (verdict == null || conditions.isEmpty()) return null;
    String told = reason == null ? verdict.text().replace('-', ' ') : reason;
    return new Rule(conditions, verdict, told, retry);
  }

  /** Those of the head first: they are cheap and most often say no. */
  private List<Condition> conditions(Section section) {
    List<Condition> out = new ArrayList<>();
    List<int[]> spans = section.get(STATUS);
    if (spans != null) out.add(Condition.status(spans));
    Section headers = section.section("header");
    for (String name : headers.names()) out.add(Condition.header(name, globs(headers, name)));
    Section json = section.section("json");
    for (String name : json.names()) {
      JsonPath path = path(name);
      List<Glob> globs = globs(json, name);
      if (path == null) json.fault(name, "not a JSON pointer; write it as /error/code");
      else {
        wanted.add(path);
        out.add(Condition.json(path, globs));
      }
    }
    Section xml = section.section("xml");
    for (String name : xml.names()) out.add(Condition.xml(name, globs(xml, name)));
    List<Glob> body = new ArrayList<>();
    for (String pattern : texts(section, "body")) body.add(Glob.within(pattern));
    if (!body.isEmpty()) out.add(Condition.body(body));
    return out;
  }

  private static List<Glob> globs(Section section, String name) {
    List<Glob> out = new ArrayList<>();
    for (String pattern : texts(section, name)) out.add(Glob.of(pattern));
    return out;
  }

  private static List<String> texts(Section section, String name) {
    List<String> out = new ArrayList<>();
    for (YamlNode item : section.items(name)) {
      if (item.isText() && item.text().length() <= 500) out.add(item.text());
      else
        section.fault(name, "a pattern of at most 500 characters expected; * stands for any text");
    }
    return out;
  }

  private List<RetryTime> retry(Section section) {
    List<RetryTime> out = new ArrayList<>();
    int number = 0;
    for (YamlNode item : section.items("retry")) {
      number++;
      RetryTime time = item.isText() ? word(item.text()) : place(item, section, number);
      if (time != null) out.add(time);
      else if (item.isText()) {
        section.fault(
            "retry",
            "expected: quota, day, week, month (the next reset), a span such as 60s, or where the"
                + " answer tells it: {header: Retry-After, as: seconds}");
      }
    }
    return out;
  }

  private @Nullable RetryTime word(String text) {
    switch (text) {
      case "quota":
        return RetryTime.quota(clock, clock.period());
      case "day":
        return RetryTime.quota(clock, QuotaClock.Period.DAY);
      case "week":
        return RetryTime.quota(clock, QuotaClock.Period.WEEK);
      case "month":
        return RetryTime.quota(clock, QuotaClock.Period.MONTH);
      default:
        Duration span = Durations.parse(text);
        if (span == null || span.compareTo(RetryTime.LONGEST) > 0) return null;
        return RetryTime.after(span);
    }
  }

  private @Nullable RetryTime place(YamlNode item, Section parent, int number) {
    Section section = Section.of(item, parent.path() + ".retry[" + number + "]", faults);
    String header = section.get(HEADER);
    JsonPath json = section.get(JSON);
    String form = section.value(AS);
    section.done();
    if ((header == null) == (json == null)) {
      section.fault("", "one of header and json expected");
      return null;
    }
    RetryTime.Form as =
        RetryTime.Form.valueOf(form.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
    if (header != null) return RetryTime.header(header, as);
    if (json == null) return null;
    wanted.add(json);
    return RetryTime.json(json, as);
  }

  private static @Nullable Verdict verdict(String text) {
    for (Verdict verdict : Verdict.values()) if (verdict.text().equals(text)) return verdict;
    return null;
  }

  static @Nullable JsonPath path(String text) {
    return text.length() > 1 && text.charAt(0) == '/' ? JsonPath.of(text) : null;
  }

  /** {@code 401}, {@code [401, 403]}, {@code 4xx}, {@code 500-599}. */
  private static final class StatusSpans {
    Setting<List<int[]>> setting(String name) {
      Setting<List<String>> list =
          Setting.list(name, "statuses: 401, 4xx, 500-599", null, "The answer's status.");
      return list.then(StatusSpans::spans);
    }

    private static @Nullable List<int[]> spans(List<String> items) {
      List<int[]> out = new ArrayList<>();
      for (String item : items) {
        int[] span = span(item);
        if (span == null) return null;
        out.add(span);
      }
      return out;
    }

    private static int @Nullable [] span(String text) {
      if (text.matches("[1-5]xx")) {
        int hundred = (text.charAt(0) - '0') * 100;
        return new int[] {hundred, hundred + 99};
      }
      if (text.matches("[1-9][0-9]{2}")) {
        return new int[] {Integer.parseInt(text), Integer.parseInt(text)};
      }
      if (!text.matches("[1-9][0-9]{2}-[1-9][0-9]{2}")) return null;
      int[] span = {Integer.parseInt(text.substring(0, 3)), Integer.parseInt(text.substring(4))};
      return span[0] <= span[1] ? span : null;
    }
  }
}
