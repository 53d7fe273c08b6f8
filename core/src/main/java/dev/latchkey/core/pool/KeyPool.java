package dev.latchkey.core.pool;

import dev.latchkey.core.key.KeyStatus;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The snapshot that calls read: the rings of all owners seen lately, bounded. Reading takes no lock
 * and does no I/O. Safe for use by many threads.
 */
public final class KeyPool {
  private static final int LOOKED_AT = 64;

  private final int most;
  private final Map<String, Map<Owner, Seat>> seats = new ConcurrentHashMap<>();
  private final Map<String, Set<Owner>> barred = new ConcurrentHashMap<>();

  private KeyPool(int most) {
    this.most = most;
  }

  /**
   * An empty pool.
   *
   * @param maxOwners how many owners a provider keeps in memory; beyond that, one that was not used
   *     lately makes room and is loaded again when he calls
   */
  public static KeyPool create(int maxOwners) {
    return new KeyPool(maxOwners);
  }

  /** The owner's ring; null if it was never loaded, or has made room. */
  public @Nullable KeyRing ring(String provider, Owner owner, long epochMillis) {
    Map<Owner, Seat> owners = seats.get(provider);
    Seat seat = owners == null ? null : owners.get(owner);
    if (seat == null) return null;
    if (seat.usedAt != epochMillis) seat.usedAt = epochMillis; // All callers write to it.
    return seat.ring;
  }

  /** Takes an owner's keys as the table holds them now; a newer generation known here stays. */
  public KeyRing load(String provider, Owner owner, Iterable<ManagedKey> keys, long epochMillis) {
    Map<Owner, Seat> owners = seats.computeIfAbsent(provider, p -> new ConcurrentHashMap<>());
    if (owners.size() >= most && !owners.containsKey(owner)) makeRoom(owners);
    Seat seat = owners.computeIfAbsent(owner, o -> new Seat());
    seat.usedAt = epochMillis;
    return seat.update(
        known -> {
          KeyRing ring = KeyRing.of(Collections.<ManagedKey>emptyList());
          for (ManagedKey key : keys) {
            ManagedKey mine = known.same(key);
            ring = ring.with(mine == null || mine.generation() <= key.generation() ? key : mine);
          }
          return ring;
        });
  }

  /** Takes who is kept out of a provider's pool, as the table holds it now. */
  public void bar(String provider, Collection<Owner> owners) {
    Set<Owner> all = ConcurrentHashMap.newKeySet();
    all.addAll(owners);
    barred.put(provider, all);
  }

  /** Whether that user is known to be kept out of a provider's pool. */
  public boolean isBarred(String provider, Owner user) {
    Set<Owner> all = barred.get(provider);
    return all != null && all.contains(user);
  }

  private void bar(ManagedKey key) {
    Set<Owner> all = barred.get(key.provider());
    if (all == null || key.owner().isPool()) return;
    if (key.status() != KeyStatus.DISABLED) all.remove(key.owner());
    else if (all.size() < most) all.add(key.owner());
  }

  /** Takes one key's news, if its owner is in memory. */
  public void update(ManagedKey key) {
    bar(key);
    Map<Owner, Seat> owners = seats.get(key.provider());
    Seat seat = owners == null ? null : owners.get(key.owner());
    if (seat != null) seat.update(ring -> ring.with(key));
  }

  /** Forgets an owner; his keys are loaded again when he calls. */
  public void forget(String provider, Owner owner) {
    Map<Owner, Seat> owners = seats.get(provider);
    if (owners != null) owners.remove(owner);
  }

  /** Shows every key of that provider that is in memory. */
  public void forEach(String provider, Consumer<ManagedKey> action) {
    Map<Owner, Seat> owners = seats.get(provider);
    if (owners == null) return;
    for (Seat seat : owners.values()) seat.ring.keys().forEach(action);
  }

  /** How many owners of that provider are in memory. */
  public int owners(String provider) {
    Map<Owner, Seat> owners = seats.get(provider);
    return owners == null ? 0 : owners.size();
  }

  /** Lets the least recently used of a few go: near enough to the oldest, at no cost to readers. */
  private static void makeRoom(Map<Owner, Seat> owners) {
    Owner oldest = null;
    long since = Long.MAX_VALUE;
    int looked = 0;
    for (Map.Entry<Owner, Seat> entry : owners.entrySet()) {
      if (looked++ == LOOKED_AT) break;
      if (entry.getValue().usedAt < since) {
        since = entry.getValue().usedAt;
        oldest = entry.getKey();
      }
    }
    if (oldest != null) owners.remove(oldest);
  }

  /** One owner's place. */
  private static final class Seat {
    private static final KeyRing EMPTY = KeyRing.of(Collections.<ManagedKey>emptyList());

    volatile KeyRing ring = EMPTY;
    volatile long usedAt;

    synchronized KeyRing update(UnaryOperator<KeyRing> change) {
      ring = change.apply(ring);
      return ring;
    }
  }
}
