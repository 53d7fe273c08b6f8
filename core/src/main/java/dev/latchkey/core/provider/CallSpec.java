package dev.latchkey.core.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.core.yaml.YamlNode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A key-management request as the definition writes it. Immutable. */
final class CallSpec {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Set<String> NUMBERS =
      new LinkedHashSet<>(java.util.Arrays.asList("limit", "lifetime-seconds"));

  private final String method;
  private final Template url;
  private final Map<String, Template> headers;
  private final @Nullable YamlNode body;

  CallSpec(String method, Template url, Map<String, Template> headers, @Nullable YamlNode body) {
    this.method = method;
    this.url = url;
    this.headers = headers;
    this.body = body;
  }

  /** Names that the URL and the headers need; those of the body may be without a value. */
  Set<String> needed() {
    Set<String> out = new LinkedHashSet<>(url.names());
    headers.values().forEach(t -> out.addAll(t.names()));
    return out;
  }

  /** All names. */
  Set<String> names() {
    Set<String> out = needed();
    if (body != null) collect(body, out);
    return out;
  }

  String method() {
    return method;
  }

  /** The URL; a query parameter whose value is empty is left out, such as a first page's cursor. */
  String url(Map<String, String> values) {
    String filled = url.fill(values, Percent::encode);
    int question = filled.indexOf('?');
    if (question < 0) return filled;
    StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
    for (String part : filled.substring(question + 1).split("&")) {
      if (!part.endsWith("=")) query.add(part);
    }
    return filled.substring(0, question) + query;
  }

  Map<String, String> headers(Map<String, String> values) {
    Map<String, String> out = new LinkedHashMap<>();
    headers.forEach((name, t) -> out.put(name, t.fill(values, UnaryOperator.identity())));
    return out;
  }

  /** The body as JSON, without the members that have no value; null for no body. */
  @Nullable String body(Map<String, String> values) {
    JsonNode json = body == null ? null : json(body, values);
    return json == null ? null : json.toString();
  }

  private static void collect(YamlNode node, Set<String> names) {
    if (node.isText()) names.addAll(Template.of(node.text()).names());
    node.items().forEach(item -> collect(item, names));
    node.members().values().forEach(member -> collect(member, names));
  }

  private static @Nullable JsonNode json(YamlNode node, Map<String, String> values) {
    if (node.isMap()) {
      ObjectNode out = JSON.objectNode();
      node.members().forEach((name, member) -> put(out, name, json(member, values)));
      return out;
    }
    if (node.isList()) {
      ArrayNode out = JSON.arrayNode();
      for (YamlNode item : node.items()) {
        JsonNode json = json(item, values);
        if (json != null) out.add(json);
      }
      return out;
    }
    return node.isNothing() ? JSON.nullNode() : scalar(Template.of(node.text()), values);
  }

  private static void put(ObjectNode out, String name, @Nullable JsonNode value) {
    if (value != null) out.set(name, value);
  }

  private static @Nullable JsonNode scalar(Template template, Map<String, String> values) {
    if (!template.isFilledBy(values.keySet())) return null;
    String text = template.fill(values, UnaryOperator.identity());
    String only = template.onlyName();
    if (only != null && NUMBERS.contains(only)) return JSON.numberNode(new BigDecimal(text));
    if (!template.names().isEmpty()) return JSON.textNode(text);
    if (text.equals("true") || text.equals("false")) return JSON.booleanNode(text.equals("true"));
    boolean number = text.matches("-?(0|[1-9][0-9]{0,15})");
    return number ? JSON.numberNode(Long.parseLong(text)) : JSON.textNode(text);
  }
}
