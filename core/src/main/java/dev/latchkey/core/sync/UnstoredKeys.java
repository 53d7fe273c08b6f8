package dev.latchkey.core.sync;

import dev.latchkey.core.key.KeyStatus;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.pool.KeyPool;
import dev.latchkey.core.pool.KeyRing;
import dev.latchkey.core.provider.Provider;
import dev.latchkey.core.store.KeyStore;
import dev.latchkey.core.store.StoreException;
import dev.latchkey.core.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Whose keys serve although the table does not hold them yet, at most {@value #MOST} owners: those
 * of further ones go on serving until the process ends. Safe for use by many threads.
 */
final class UnstoredKeys {
  private static final int MOST = 10_000;

  /** So that other work on the same thread need not wait for a long list. */
  private static final int AT_ONCE = 200;

  /** A table that can be read and not written is not asked all the time. */
  private static final long AGAIN_NANOS = Duration.ofMinutes(1).toNanos();

  private final KeyStore store;
  private final KeyPool pool;
  private final TimeSource time;
  private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();

  UnstoredKeys(KeyStore store, KeyPool pool, TimeSource time) {
    this.store = store;
    this.pool = pool;
    this.time = time;
  }

  /**
   * Notes that an owner's keys serve unstored.
   *
   * @param tableIsNew whether the table can hold none of his but those that come from here
   */
  void note(Provider provider, Owner owner, boolean tableIsNew) {
    if (waiting.size() >= MOST) return;
    Waiting one = new Waiting(provider, owner, tableIsNew, time.nanoTime());
    waiting.putIfAbsent(one.id, one);
  }

  /**
   * Stores what waits.
   *
   * @param add stores one key where there is none of that id
   * @param reload takes over what the table holds of an owner
   * @throws StoreException if the table cannot be read; what was not stored waits on
   */
  void store(Consumer<ManagedKey> add, BiConsumer<Provider, Owner> reload) {
    int left = AT_ONCE;
    for (Waiting one : waiting.values()) {
      if (one.notBefore - time.nanoTime() > 0) continue;
      if (left-- == 0) return;
      store(one, add, reload);
    }
  }

  private void store(Waiting one, Consumer<ManagedKey> add, BiConsumer<Provider, Owner> reload) {
    waiting.remove(one.id, one); // First, so that nothing noted from here on is lost.
    boolean done = false;
    try {
      done = isStored(one, add);
      if (done) reload.accept(one.provider, one.owner);
    } finally {
      if (!done) waiting.putIfAbsent(one.id, one);
    }
  }

  /** False where the table can be read but not written. */
  private boolean isStored(Waiting one, Consumer<ManagedKey> add) {
    List<ManagedKey> rows = rows(one);
    one.isTableOurs |= rows.isEmpty();
    try {
      if (one.isTableOurs) serving(one).forEach(add);
      for (ManagedKey row : rows(one)) keepRest(row, one);
      return true;
    } catch (StoreException e) {
      one.notBefore = time.nanoTime() + AGAIN_NANOS;
      return false;
    }
  }

  private List<ManagedKey> rows(Waiting one) {
    return store.find(one.provider.name(), one.owner);
  }

  /** The keys that serve, each with a secret. */
  private List<ManagedKey> serving(Waiting one) {
    KeyRing ring = pool.ring(one.provider.name(), one.owner, time.millis());
    if (ring == null) return Collections.emptyList();
    List<ManagedKey> keys = new ArrayList<>(ring.keys());
    keys.removeIf(key -> key.secret() == null);
    return keys;
  }

  /** The table could not be told when this very key was laid to rest. */
  private void keepRest(ManagedKey row, Waiting one) {
    for (ManagedKey key : serving(one)) {
      boolean rests = key.status() == KeyStatus.COOLING || key.status() == KeyStatus.EXHAUSTED;
      if (!rests || row.status() != KeyStatus.ACTIVE || !isSame(row, key)) continue;
      store.mark(key.id(), key.generation(), key.status(), key.cooldownUntil(), key.lastError());
    }
  }

  private static boolean isSame(ManagedKey row, ManagedKey key) {
    return row.id().equals(key.id())
        && row.generation() == key.generation()
        && Objects.equals(row.secret(), key.secret());
  }

  /** An owner whose keys wait. */
  private static final class Waiting {
    final Provider provider;
    final Owner owner;
    final String id;

    /** Whether what the table holds of him comes from here; else the table's keys win. */
    volatile boolean isTableOurs;

    volatile long notBefore;

    Waiting(Provider provider, Owner owner, boolean isTableOurs, long notBefore) {
      this.provider = provider;
      this.owner = owner;
      this.id = provider.name() + '\0' + owner.id();
      this.isTableOurs = isTableOurs;
      this.notBefore = notBefore;
    }
  }
}
