package dev.latchkey.core.renewal;

import dev.latchkey.core.key.KeyId;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.provider.Provider;
import dev.latchkey.core.store.KeyStore;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One key to make: the successor of {@code used}, or an owner's first. Immutable. */
final class Job {
  /** Why a key is made. */
  enum Why {
    /** The owner has none. */
    FIRST,
    /** The provider refused it; its probe is asked before anything is done. */
    REFUSED,
    /** It will expire soon. */
    EXPIRING,
    /** An operator asked. */
    ORDERED
  }

  final Provider provider;
  final Owner owner;
  final KeyId id;
  final @Nullable ManagedKey used;
  final Why why;
  final String reason;

  private Job(
      Provider provider, Owner owner, KeyId id, @Nullable ManagedKey used, Why why, String reason) {
    this.provider = provider;
    this.owner = owner;
    this.id = id;
    this.used = used;
    this.why = why;
    this.reason = reason;
  }

  static Job first(Provider provider, Owner owner) {
    KeyId id = KeyId.own(provider.name(), owner);
    return new Job(provider, owner, id, null, Why.FIRST, "the owner had no key");
  }

  static Job successor(Provider provider, ManagedKey used, Why why, String reason) {
    return new Job(provider, used.owner(), used.id(), used, why, reason);
  }

  /** The row as the table holds it now; null if it is not there. */
  @Nullable ManagedKey row(KeyStore store) {
    for (ManagedKey key : store.find(provider.name(), owner)) if (key.id().equals(id)) return key;
    return null;
  }

  /** Whether somebody has been here before us: the row holds another secret than the one used. */
  boolean isDoneBy(@Nullable ManagedKey row) {
    if (row == null || row.secret() == null) return false;
    if (used == null) return true;
    return row.generation() >= used.generation() && !Objects.equals(row.secret(), used.secret());
  }
}
