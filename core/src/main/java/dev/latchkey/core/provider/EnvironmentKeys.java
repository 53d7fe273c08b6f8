package dev.latchkey.core.provider;

import dev.latchkey.core.key.Secret;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keys found in environment variables, and why others there were refused. Immutable. */
final class EnvironmentKeys {
  private static final int MOST = 1000;

  private final String variable;
  private final List<Secret> keys;
  private final List<String> faults;

  private EnvironmentKeys(String variable, List<Secret> keys, List<String> faults) {
    this.variable = variable;
    this.keys = Collections.unmodifiableList(keys);
    this.faults = Collections.unmodifiableList(faults);
  }

  /** Reads the variables, each holding keys with commas or blanks between them. */
  static EnvironmentKeys read(
      List<String> variables,
      Function<String, @Nullable String> environment,
      Provider.KeyFormat format) {
    Set<Secret> keys = new LinkedHashSet<>();
    List<String> faults = new ArrayList<>();
    for (String variable : variables) {
      String value = environment.apply(variable);
      int number = 0;
      for (String text : value == null ? new String[0] : value.split("[,\\s]+")) {
        if (text.isEmpty() || keys.size() >= MOST) continue;
        number++;
        String refusal = format.refuse(text);
        if (refusal == null) keys.add(Secret.of(text));
        else faults.add(variable + ", key " + number + " is left out: " + refusal);
      }
    }
    return new EnvironmentKeys(String.join(", ", variables), new ArrayList<>(keys), faults);
  }

  String variable() {
    return variable;
  }

  List<Secret> keys() {
    return keys;
  }

  List<String> faults() {
    return faults;
  }
}
