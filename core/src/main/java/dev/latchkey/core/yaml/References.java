package dev.latchkey.core.yaml;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Expands {@code ${NAME}} and {@code ${NAME:-default}}; {@code $${} stands for {@code ${}. */
final class References {
  private final Function<String, @Nullable String> environment;
  private final Faults faults;

  References(Function<String, @Nullable String> environment, Faults faults) {
    this.environment = environment;
    this.faults = faults;
  }

  /** The text with its references expanded, once: what a variable holds is not looked at again. */
  String expand(String text, Where where) {
    int at = text.indexOf("${");
    if (at < 0) return text;
    StringBuilder out = new StringBuilder();
    int from = 0;
    for (; at >= 0; at = text.indexOf("${", from)) {
      if (at > from && text.charAt(at - 1) == '$') {
        out.append(text, from, at).append('{');
        from = at + 2;
        continue;
      }
      int end = text.indexOf('}', at);
      if (end < 0) {
        faults.add(where, "", "a reference starts with ${ and never ends; write ${NAME}");
        return text;
      }
      out.append(text, from, at).append(value(text.substring(at + 2, end), where));
      from = end + 1;
    }
    return out.append(text, from, text.length()).toString();
  }

  private String value(String reference, Where where) {
    int dash = reference.indexOf(":-");
    String name = dash < 0 ? reference : reference.substring(0, dash);
    if (!isName(name)) {
      faults.add(
          where, "", "not the name of a variable: ${" + Names.safe(name) + "}; write ${NAME}");
      return "";
    }
    String found = environment.apply(name);
    if (found != null && (dash < 0 || !found.isEmpty())) return found;
    if (dash >= 0) return reference.substring(dash + 2);
    faults.add(
        where,
        "",
        "the environment variable " + name + " is not set; set it, or write ${" + name + ":-}");
    return "";
  }

  private static boolean isName(String name) {
    if (name.isEmpty() || Character.isDigit(name.charAt(0))) return false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c > '~' || !(Character.isLetterOrDigit(c) || c == '_' || c == '.')) return false;
    }
    return true;
  }
}
