package dev.latchkey.core.sync;

import dev.latchkey.core.key.Owner;
import dev.latchkey.core.provider.Provider;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * Whose keys serve although the table does not hold them yet: at most {@value #MOST} owners, the
 * keys of further ones are stored when the process starts again. Safe for use by many threads.
 */
final class Unstored {
  private static final int MOST = 10_000;

  private final Set<Map.Entry<Provider, Owner>> owners = ConcurrentHashMap.newKeySet();

  void add(Provider provider, Owner owner) {
    if (owners.size() < MOST) owners.add(new SimpleImmutableEntry<>(provider, owner));
  }

  boolean isEmpty() {
    return owners.isEmpty();
  }

  /** Stores each by {@code store}; those for which it throws, and those after them, stay. */
  void storeBy(BiConsumer<Provider, Owner> store) {
    for (Map.Entry<Provider, Owner> waiting : owners) {
      store.accept(waiting.getKey(), waiting.getValue());
      owners.remove(waiting);
    }
  }
}
