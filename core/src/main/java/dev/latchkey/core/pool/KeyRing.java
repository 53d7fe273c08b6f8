package dev.latchkey.core.pool;

import dev.latchkey.core.key.KeyStatus;
import dev.latchkey.core.key.ManagedKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys that one owner has at one provider, best first: one key, or a pool. Immutable; choosing
 * takes no lock and allocates nothing.
 */
public final class KeyRing {
  private static final Comparator<ManagedKey> BEST_FIRST =
      Comparator.comparingInt(ManagedKey::priority)
          .thenComparing(ManagedKey::createdAt)
          .thenComparing(key -> key.id().toString());

  private final ManagedKey[] keys;

  private KeyRing(ManagedKey[] keys) {
    this.keys = keys;
  }

  /** A ring of these keys; retired ones are left out. */
  public static KeyRing of(Collection<ManagedKey> keys) {
    List<ManagedKey> kept = new ArrayList<>(keys.size());
    for (ManagedKey key : keys) if (key.status() != KeyStatus.RETIRED) kept.add(key);
    kept.sort(BEST_FIRST);
    return new KeyRing(kept.toArray(new ManagedKey[0]));
  }

  /** The keys, best first. */
  public List<ManagedKey> keys() {
    return Collections.unmodifiableList(Arrays.asList(keys));
  }

  /** Whether there is no key at all. */
  public boolean isEmpty() {
    return keys.length == 0;
  }

  /** Whether an operator has disabled whatever is there. */
  public boolean isDisabled() {
    for (ManagedKey key : keys) if (key.status() != KeyStatus.DISABLED) return false;
    return keys.length > 0;
  }

  /**
   * The key to use now: the best that may serve; else, so that the application gets the provider's
   * own answer, the best that only rests or waits for its renewal; null if neither is there.
   */
  public @Nullable ManagedKey choose(long epochMillis) {
    ManagedKey usable = spare(epochMillis, null);
    if (usable != null) return usable;
    for (ManagedKey key : keys) if (key.secret() != null && !takenOut(key)) return key;
    return null;
  }

  /** The best key that may serve now and is not {@code other}; null if there is none. */
  public @Nullable ManagedKey spare(long epochMillis, @Nullable ManagedKey other) {
    for (ManagedKey key : keys) {
      if (key.usableAt(epochMillis) && (other == null || !key.id().equals(other.id()))) return key;
    }
    return null;
  }

  /** The key with {@code like}'s id; null if it is not in the ring. */
  public @Nullable ManagedKey same(ManagedKey like) {
    for (ManagedKey key : keys) if (key.id().equals(like.id())) return key;
    return null;
  }

  /** A ring with this key in it; one of an older generation than the ring's leaves it as it is. */
  public KeyRing with(ManagedKey next) {
    ManagedKey known = same(next);
    if (known != null && known.generation() > next.generation()) return this;
    List<ManagedKey> all = new ArrayList<>(keys());
    all.remove(known);
    all.add(next);
    return of(all);
  }

  private static boolean takenOut(ManagedKey key) {
    return key.status() == KeyStatus.PAUSED || key.status() == KeyStatus.DISABLED;
  }
}
