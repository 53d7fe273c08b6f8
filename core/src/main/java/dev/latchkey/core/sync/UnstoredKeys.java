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
import dev.latchkey.core.work.SingleFlight;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
  private static final long AT_ONCE_NANOS = Duration.ofMillis(200).toNanos();

  /** A table that can be read and not written is not asked all the time. */
  private static final long AGAIN_NANOS = Duration.ofMinutes(1).toNanos();

  private final KeyStore store;
  private final KeyPool pool;
  private final TimeSource time;
  private final Consumer<ManagedKey> add;
  private final BiConsumer<Provider, Owner> reload;
  private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
  private final SingleFlight<String, Boolean> flights = new SingleFlight<>();

  /**
   * Nobody's keys yet.
   *
   * @param add stores one key where there is none of that id
   * @param reload takes over what the table holds of an owner
   */
  UnstoredKeys(
      KeyStore store,
      KeyPool pool,
      TimeSource time,
      Consumer<ManagedKey> add,
      BiConsumer<Provider, Owner> reload) {
    this.store = store;
    this.pool = pool;
    this.time = time;
    this.add = add;
    this.reload = reload;
  }

  /**
   * Notes that an owner's keys serve unstored.
   *
   * @param tableIsNew whether the table can hold none of his but those that come from here
   */
  void note(Provider provider, Owner owner, List<ManagedKey> keys, boolean tableIsNew) {
    String id = id(provider, owner);
    if (waiting.size() >= MOST && !waiting.containsKey(id)) return;
    waiting.compute(
        id,
        (same, known) -> {
          boolean ours = tableIsNew || known != null && known.isTableOurs;
          return new Waiting(provider, owner, keys, ours, time.nanoTime());
        });
  }

  /**
   * Stores what waits, or a part of it where that takes long.
   *
   * @throws StoreException if the table cannot be read; what was not stored waits on
   */
  void store() {
    long begun = time.nanoTime();
    for (Waiting one : waiting.values()) {
      if (one.notBefore - time.nanoTime() > 0) continue;
      if (!fly(one) || time.nanoTime() - begun > AT_ONCE_NANOS) return;
    }
  }

  /**
   * Stores an owner's keys if they wait: nobody may replace one that is about to be stored.
   *
   * @throws StoreException if the table cannot be read, or does not take them
   */
  void store(Provider provider, Owner owner) {
    Waiting one = waiting.get(id(provider, owner));
    if (one != null && !fly(one)) {
      throw new StoreException("the table does not take the key that serves " + owner);
    }
  }

  /** Whether it was stored, by this thread or by another one that is at it. */
  private boolean fly(Waiting one) {
    try {
      return flights
          .fly(id(one.provider, one.owner), () -> CompletableFuture.completedFuture(isStored(one)))
          .join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StoreException) throw (StoreException) e.getCause();
      throw e;
    }
  }

  /** False where the table can be read but not written. */
  private boolean isStored(Waiting one) {
    one.notBefore = time.nanoTime() + AGAIN_NANOS;
    List<ManagedKey> rows = rows(one);
    one.isTableOurs |= rows.isEmpty();
    try {
      if (one.isTableOurs && rows.stream().noneMatch(UnstoredKeys::isDisabled)) addAll(one);
      for (ManagedKey row : rows(one)) keepRest(row, one);
    } catch (StoreException e) {
      return false;
    }
    reload.accept(one.provider, one.owner);
    waiting.remove(id(one.provider, one.owner), one); // Unless more was noted meanwhile.
    return true;
  }

  private List<ManagedKey> rows(Waiting one) {
    try {
      return store.find(one.provider.name(), one.owner);
    } catch (StoreException e) {
      one.notBefore = time.nanoTime(); // Nobody's rows can be read: that is not his fault.
      throw e;
    }
  }

  private static boolean isDisabled(ManagedKey row) {
    return row.status() == KeyStatus.DISABLED;
  }

  private void addAll(Waiting one) {
    for (ManagedKey key : one.keys) {
      ManagedKey known = asItIs(key, one);
      if (known.secret() != null) add.accept(known);
    }
  }

  /** The key as memory holds it by now. */
  private ManagedKey asItIs(ManagedKey key, Waiting one) {
    KeyRing ring = pool.ring(one.provider.name(), one.owner, time.millis());
    ManagedKey known = ring == null ? null : ring.same(key);
    return known == null ? key : known;
  }

  /** The table could not be told when this very key was laid to rest; it knows which rest wins. */
  private void keepRest(ManagedKey row, Waiting one) {
    ManagedKey known = asItIs(row, one);
    boolean rests = known.status() == KeyStatus.COOLING || known.status() == KeyStatus.EXHAUSTED;
    if (!rests || known == row || !Objects.equals(row.secret(), known.secret())) return;
    store.mark(
        row.id(), row.generation(), known.status(), known.cooldownUntil(), known.lastError());
  }

  private static String id(Provider provider, Owner owner) {
    return provider.name() + '\0' + owner.id();
  }

  /** An owner whose keys wait. */
  private static final class Waiting {
    final Provider provider;
    final Owner owner;
    final List<ManagedKey> keys;

    /** Whether what the table holds of him comes from here; else the table's keys win. */
    volatile boolean isTableOurs;

    volatile long notBefore;

    Waiting(
        Provider provider,
        Owner owner,
        List<ManagedKey> keys,
        boolean isTableOurs,
        long notBefore) {
      this.provider = provider;
      this.owner = owner;
      this.keys = keys;
      this.isTableOurs = isTableOurs;
      this.notBefore = notBefore;
    }
  }
}
