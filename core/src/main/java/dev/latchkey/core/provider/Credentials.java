package dev.latchkey.core.provider;

import dev.latchkey.core.key.Secret;
import dev.latchkey.core.key.SecretAccess;
import dev.latchkey.core.yaml.Shown;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the operator gives key-management calls: the provisioning key and values. Immutable. */
final class Credentials {
  private final @Nullable Secret provisioningKey;
  private final Map<String, String> settings;
  private final Function<String, @Nullable String> variables;

  /**
   * The provisioning key, and the values that templates may name.
   *
   * @param variables the variable by which an operator sets a parameter; null for none
   */
  Credentials(
      @Nullable Secret provisioningKey,
      @Nullable BigDecimal limit,
      @Nullable String limitReset,
      Map<String, String> parameters,
      Function<String, @Nullable String> variables) {
    this.provisioningKey = provisioningKey;
    this.variables = variables;
    Map<String, String> all = new HashMap<>(parameters);
    if (limit != null) all.put("limit", limit.toPlainString());
    if (limitReset != null) all.put("limit-reset", limitReset);
    this.settings = Collections.unmodifiableMap(all);
  }

  /** Why the call cannot be made; null if it can. */
  @Nullable String missing(@Nullable CallSpec spec, String... given) {
    if (spec == null) return "its definition does not say how";
    if (provisioningKey == null) return "no provisioning key is set";
    String unset = unset(spec, given);
    return unset == null ? null : "set " + unset;
  }

  /** What the operator has to set beside the provisioning key; null for nothing. */
  @Nullable String unset(@Nullable CallSpec spec, String... given) {
    if (spec == null || provisioningKey == null) return null;
    Set<String> missing = new TreeSet<>(spec.needed());
    missing.removeAll(values().keySet());
    for (String name : given) missing.remove(name);
    return missing.isEmpty()
        ? null
        : missing.stream().map(this::shown).collect(Collectors.joining(", "));
  }

  private String shown(String parameter) {
    String variable = variables.apply(parameter);
    String setting = "parameters." + parameter;
    return variable == null ? setting : variable + " (or " + setting + ")";
  }

  /** A new map of all values, the provisioning key among them. */
  Map<String, String> values() {
    Map<String, String> out = new HashMap<>(settings);
    if (provisioningKey != null) {
      out.put("provisioning-key", provisioningKey.reveal(SecretAccess.granted()));
    }
    return out;
  }

  /** The text, which a stranger wrote, as people may see it. */
  String hide(String text, @Nullable Secret key) {
    String out = text;
    for (Secret secret : new Secret[] {provisioningKey, key}) {
      if (secret != null) out = out.replace(secret.reveal(SecretAccess.granted()), secret.mask());
    }
    return Shown.of(out);
  }
}
