package dev.latchkey.agent.client.jdk;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What we know of the JDK's objects, which have no place for it and whose {@code equals} compares
 * contents. A value must not hold its key. Safe for use by many threads.
 */
final class WeakIdentityMap<V> {
  private final ConcurrentHashMap<Object, V> values = new ConcurrentHashMap<>();
  private final ReferenceQueue<Object> gone = new ReferenceQueue<>();

  boolean isEmpty() {
    return values.isEmpty();
  }

  void put(Object key, V value) {
    for (Reference<?> old = gone.poll(); old != null; old = gone.poll()) values.remove(old);
    values.put(new Stored(key, gone), value);
  }

  @Nullable V get(@Nullable Object key) {
    return key == null || values.isEmpty() ? null : values.get(new Asked(key));
  }

  private static final class Asked {
    private final Object key;

    Asked(Object key) {
      this.key = key;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(key);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Stored && ((Stored) other).get() == key;
    }
  }

  private static final class Stored extends WeakReference<Object> {
    private final int hash;

    Stored(Object key, ReferenceQueue<Object> gone) {
      super(key, gone);
      this.hash = System.identityHashCode(key);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }
  }
}
