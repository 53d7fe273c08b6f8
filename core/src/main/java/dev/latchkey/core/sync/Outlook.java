package dev.latchkey.core.sync;

import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.pool.KeyRing;
import dev.latchkey.core.provider.Provider;
import dev.latchkey.core.renewal.Candidates.Candidate;
import dev.latchkey.core.store.KeyStore;
import dev.latchkey.core.store.StoreException;
import dev.latchkey.core.time.TimeSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Says in words what {@link KeySync} would do for an owner, and does none of it: nothing is stored,
 * no key is made or checked. May block on the table. Safe for use by many threads.
 */
public final class Outlook {
  private static final int MOST_BARRED = 100_000;

  private final KeyStore store;
  private final KeySources sources;
  private final BooleanSupplier storeIsNew;
  private final TimeSource time;

  /**
   * An outlook over these parts.
   *
   * @param storeIsNew whether there is no table yet; then it is not asked
   */
  public Outlook(KeyStore store, KeySources sources, BooleanSupplier storeIsNew, TimeSource time) {
    this.store = store;
    this.sources = sources;
    this.storeIsNew = storeIsNew;
    this.time = time;
  }

  /** What a call of this owner would get, and where the key would come from. */
  public String of(Provider provider, Owner caller) {
    Owner owner = provider.pooled() ? Owner.POOL : caller;
    if (storeIsNew.getAsBoolean()) return withoutTable(provider, owner);
    try {
      String fromTable = fromTable(provider, owner, caller);
      return fromTable == null ? withoutTable(provider, owner) : fromTable;
    } catch (StoreException e) {
      return "the key table cannot be looked into ("
          + e.getMessage()
          + "); if it holds no key, "
          + withoutTable(provider, owner);
    }
  }

  /** Null where the table holds no key. */
  private @Nullable String fromTable(Provider provider, Owner owner, Owner caller) {
    if (provider.pooled() && store.disabledOwners(provider.name(), MOST_BARRED).contains(caller)) {
      return caller + " is disabled and would get no key";
    }
    List<ManagedKey> rows = store.find(provider.name(), owner);
    if (rows.isEmpty()) return null;
    ManagedKey key = KeyRing.of(rows).choose(time.millis());
    return key == null
        ? "the table's key is " + rows.get(0).status().text() + ": no key would be attached"
        : "the table's key " + key.mask() + " would be attached";
  }

  private String withoutTable(Provider provider, Owner owner) {
    for (Candidate found : sources.find(provider, owner)) {
      String key = found.secret().mask() + " from " + found.source().text();
      return "the key " + key + " would be stored and attached";
    }
    return provider.api().canMint()
        ? "a key would be made, stored and attached"
        : "there is no key and none can be made: the call would stay as it is; set "
            + provider.environmentVariable();
  }
}
