package dev.latchkey.core.store;

import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a key table holds, as far as that can be told without opening it; an implementation is
 * immutable. A change that it misses is one that {@link KeyStore#changes} tells from its cursor on.
 */
public interface Snapshot {

  /** As {@link KeyStore#find}; null if only the table itself can tell. */
  @Nullable List<ManagedKey> find(String provider, Owner owner);

  /** As {@link KeyStore#disabledOwners}. */
  List<Owner> disabledOwners(String provider, int limit);

  /** For {@link KeyStore#changes}: from there on the table tells what happened since. */
  String cursor();
}
