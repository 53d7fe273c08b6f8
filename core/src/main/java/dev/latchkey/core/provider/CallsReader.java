package dev.latchkey.core.provider;

import dev.latchkey.core.yaml.Section;
import dev.latchkey.core.yaml.Setting;
import dev.latchkey.core.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads how a definition probes, makes, revokes and lists keys; one use. */
final class CallsReader {
  private static final String DERIVED = "sha256";

  private static final Setting<String> REQUEST =
      Setting.of(
          "request",
          "a method and a path below base-url or a URL: POST /keys",
          null,
          "The request's first line.",
          text -> text.matches("(GET|POST|PUT|PATCH|DELETE) (/|https?://)[!-~]*") ? text : null);
  private static final Setting<List<String>> KEY_AT =
      Setting.list("answer.key", "JSON pointers", null, "Where the new key is.");
  private static final Setting<List<String>> REF_AT =
      Setting.list(
          "answer.ref", "JSON pointers, or sha256", null, "The provider's name for the key.");
  private static final Setting<List<String>> EXPIRES_AT =
      Setting.list("answer.expires-at", "JSON pointers", null, "When the key ends.");
  private static final Setting<List<String>> GONE =
      Setting.list("gone", "statuses", "404", "Statuses that mean: gone already.");
  private static final Setting<JsonPath> ITEMS = RulesReader.pointer("items", "The list.");
  private static final Setting<JsonPath> NAME = RulesReader.pointer("name", "A key's name.");
  private static final Setting<JsonPath> REF = RulesReader.pointer("ref", "A key's reference.");
  private static final Setting<JsonPath> MORE =
      RulesReader.pointer("more", "Whether there is a next page.");

  private final Section provider;
  private final String baseUrl;
  private final Set<String> common;

  /**
   * A reader.
   *
   * @param provider the provider's section
   * @param parameters the names that every request may use, besides its own
   */
  CallsReader(Section provider, String baseUrl, Set<String> parameters) {
    this.provider = provider;
    this.baseUrl = baseUrl;
    this.common = new LinkedHashSet<>(parameters);
    common.addAll(Arrays.asList("provisioning-key", "limit", "limit-reset"));
  }

  void read(ManagementCalls calls) {
    calls.probe = call("probe");
    Section provision = provider.section("provision");
    calls.provision = call("provision", "name", "expires-at", "lifetime-seconds");
    calls.keyAt = paths(provision, KEY_AT);
    calls.refAt = paths(provision, REF_AT);
    calls.refIsFingerprint = texts(provision, REF_AT).contains(DERIVED);
    calls.expiresAt = paths(provision, EXPIRES_AT);
    if (calls.provision != null && calls.keyAt.isEmpty()) {
      provision.fault("answer.key", "is missing; expected: JSON pointers to the new key");
    }
    calls.revoke = call("revoke", "ref");
    for (String status : texts(provider.section("revoke"), GONE)) {
      if (status.matches("[1-9][0-9]{2}")) calls.gone.add(Integer.parseInt(status));
      else provider.section("revoke").fault("gone", "not a status; write 404");
    }
    readList(calls);
  }

  private void readList(ManagementCalls calls) {
    Section list = provider.section("list");
    calls.list = call("list", "offset", "after");
    calls.listItems = list.get(ITEMS);
    calls.listMore = list.get(MORE);
    calls.listName = calls.list == null ? list.get(NAME) : list.require(NAME);
    calls.listRef = calls.list == null ? list.get(REF) : list.require(REF);
  }

  private @Nullable CallSpec call(String name, String... names) {
    Section section = provider.section(name);
    Map<String, Template> headers = headers(section.section("headers"));
    YamlNode body = section.node("body");
    String request = section.isEmpty() ? section.get(REQUEST) : section.require(REQUEST);
    if (request == null) return null;
    int blank = request.indexOf(' ');
    String url = url(section, request.substring(blank + 1));
    if (url == null) return null;
    CallSpec spec = new CallSpec(request.substring(0, blank), Template.of(url), headers, body);
    Set<String> unknown = spec.names();
    unknown.removeAll(common);
    unknown.removeAll(Arrays.asList(names));
    for (String other : unknown) {
      section.fault("request", "{" + other + "} stands for nothing here; known: " + known(names));
    }
    return unknown.isEmpty() ? spec : null;
  }

  private String known(String... names) {
    Set<String> out = new LinkedHashSet<>(Arrays.asList(names));
    out.addAll(common);
    return String.join(", ", out);
  }

  private @Nullable String url(Section section, String target) {
    if (target.startsWith("/")) return baseUrl + target;
    int path = target.indexOf('/', target.indexOf("://") + 3);
    try {
      Origin.of(path < 0 ? target : target.substring(0, path));
      return target;
    } catch (IllegalArgumentException e) {
      section.fault("request", String.valueOf(e.getMessage()));
      return null;
    }
  }

  private static Map<String, Template> headers(Section section) {
    Map<String, Template> out = new LinkedHashMap<>();
    for (String name : section.names()) {
      YamlNode value = section.node(name);
      if (value != null && value.isText() && value.text().matches("[ -~]+")) {
        out.put(name, Template.of(value.text()));
      } else {
        section.fault(name, "printable ASCII text expected");
      }
    }
    return out;
  }

  private static List<String> texts(Section section, Setting<List<String>> setting) {
    List<String> texts = section.get(setting);
    return texts == null ? new ArrayList<>() : texts;
  }

  private static List<JsonPath> paths(Section section, Setting<List<String>> setting) {
    List<JsonPath> out = new ArrayList<>();
    for (String text : texts(section, setting)) {
      if (text.equals(DERIVED) && setting == REF_AT) continue;
      JsonPath path = RulesReader.path(text);
      if (path == null) section.fault(setting.name(), "not a JSON pointer; write it as /data/key");
      else out.add(path);
    }
    return out;
  }
}
