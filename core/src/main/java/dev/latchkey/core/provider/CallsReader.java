package dev.latchkey.core.provider;

import dev.latchkey.core.yaml.Section;
import dev.latchkey.core.yaml.Setting;
import dev.latchkey.core.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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

  KeyCalls read() {
    return new KeyCalls(call("probe"), mint(), revoke(), list());
  }

  private KeyCalls.@Nullable Mint mint() {
    Section section = provider.section("provision");
    CallSpec call = call("provision", "name", "expires-at", "lifetime-seconds");
    List<JsonPath> keyAt = paths(section, KEY_AT);
    List<JsonPath> refAt = paths(section, REF_AT);
    boolean derived = texts(section, REF_AT).contains(DERIVED);
    List<JsonPath> expiresAt = paths(section, EXPIRES_AT);
    if (call == null) return null;
    if (keyAt.isEmpty()) {
      section.fault("answer.key", "is missing; expected: JSON pointers to the new key");
    }
    return new KeyCalls.Mint(call, keyAt, refAt, derived, expiresAt);
  }

  private KeyCalls.@Nullable Revoke revoke() {
    Section section = provider.section("revoke");
    CallSpec call = call("revoke", "ref");
    Set<Integer> gone = new LinkedHashSet<>();
    for (String status : texts(section, GONE)) {
      if (status.matches("[1-9][0-9]{2}")) gone.add(Integer.parseInt(status));
      else section.fault("gone", "not a status; write 404");
    }
    return call == null ? null : new KeyCalls.Revoke(call, gone);
  }

  private KeyCalls.@Nullable Listing list() {
    Section section = provider.section("list");
    CallSpec call = call("list", "offset", "after");
    JsonPath items = section.get(ITEMS);
    JsonPath more = section.get(MORE);
    JsonPath name = call == null ? section.get(NAME) : section.require(NAME);
    JsonPath ref = call == null ? section.get(REF) : section.require(REF);
    if (call == null || name == null || ref == null) return null;
    return new KeyCalls.Listing(call, items, one(name), one(ref), more);
  }

  private static List<JsonPath> one(JsonPath path) {
    return Collections.singletonList(path);
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
