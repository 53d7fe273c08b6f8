package dev.latchkey.core.provider;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Text with {@code {names}} in it, for requests. Immutable. */
final class Template {
  /** Literal, name, literal, name, ..., literal. */
  private final List<String> parts;

  private Template(List<String> parts) {
    this.parts = parts;
  }

  /** Reads a template; braces that hold no name are text, so JSON can be written plainly. */
  static Template of(String text) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', open + 1)) {
      int close = text.indexOf('}', open);
      if (close < 0) break;
      String name = text.substring(open + 1, close);
      if (!name.matches("[a-z][a-z0-9_-]*")) continue;
      parts.add(text.substring(from, open));
      parts.add(name);
      from = close + 1;
      open = close;
    }
    parts.add(text.substring(from));
    return new Template(parts);
  }

  /** The names in it. */
  Set<String> names() {
    Set<String> out = new LinkedHashSet<>();
    for (int i = 1; i < parts.size(); i += 2) out.add(parts.get(i));
    return out;
  }

  /** The name that is all there is; null for anything else. */
  @Nullable String onlyName() {
    boolean only = parts.size() == 3 && parts.get(0).isEmpty() && parts.get(2).isEmpty();
    return only ? parts.get(1) : null;
  }

  /** Whether all of its names have values. */
  boolean isFilledBy(Collection<String> names) {
    return names.containsAll(names());
  }

  /** The text with values put in, each passed through {@code encoding}. */
  String fill(Map<String, String> values, UnaryOperator<String> encoding) {
    StringBuilder out = new StringBuilder(parts.get(0));
    for (int i = 1; i < parts.size(); i += 2) {
      String value = values.get(parts.get(i));
      if (value == null) throw new IllegalStateException("no value for {" + parts.get(i) + "}");
      out.append(encoding.apply(value)).append(parts.get(i + 1));
    }
    return out.toString();
  }
}
