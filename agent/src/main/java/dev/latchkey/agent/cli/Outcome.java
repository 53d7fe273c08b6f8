package dev.latchkey.agent.cli;

import dev.latchkey.core.key.KeySource;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.provider.Provider;
import dev.latchkey.core.renewal.Renewed;
import dev.latchkey.core.sync.SyncResult;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a command ended for one owner at one provider. Immutable. */
final class Outcome {
  private final String provider;
  private final Owner owner;
  private final @Nullable String mask;
  private final @Nullable KeySource source;
  private final boolean synced;
  private final @Nullable String error;

  private Outcome(
      String provider,
      Owner owner,
      @Nullable String mask,
      @Nullable KeySource source,
      boolean synced,
      @Nullable String error) {
    this.provider = provider;
    this.owner = owner;
    this.mask = mask;
    this.source = source;
    this.synced = synced;
    this.error = error;
  }

  static Outcome of(Provider provider, Owner caller, SyncResult result) {
    return new Outcome(
        provider.name(),
        owner(provider, caller),
        result.mask(),
        result.source(),
        result.isSynced(),
        result.error());
  }

  static Outcome of(Provider provider, Owner caller, Renewed result) {
    ManagedKey key = result.key();
    if (key == null) return failed(provider, caller, result.reason());
    return new Outcome(
        provider.name(), owner(provider, caller), key.mask(), key.source(), true, null);
  }

  /** Nothing came of it. */
  static Outcome failed(Provider provider, Owner caller, String error) {
    return new Outcome(provider.name(), owner(provider, caller), null, null, false, error);
  }

  private static Owner owner(Provider provider, Owner caller) {
    return provider.pooled() ? Owner.POOL : caller;
  }

  boolean isFine() {
    return error == null;
  }

  String[] cells() {
    return new String[] {
      provider,
      KeyRows.owner(owner),
      mask == null ? "none" : mask,
      source == null ? "-" : source.text(),
      synced ? "yes" : "no",
      KeyRows.line(error)
    };
  }

  Map<String, ?> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("provider", provider);
    json.put("user", owner.id());
    json.put("key", mask);
    json.put("source", source == null ? null : source.text());
    json.put("synced", synced);
    json.put("error", error);
    return json;
  }
}
