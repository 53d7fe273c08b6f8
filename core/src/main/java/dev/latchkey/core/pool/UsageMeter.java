package dev.latchkey.core.pool;

import dev.latchkey.core.key.KeyId;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.store.Usage;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts calls in memory until somebody takes the counts away; nothing is counted twice or lost in
 * between. At most {@value #MOST} pairs of key and caller wait; further ones are not counted. Safe
 * for use by many threads; counting takes no lock.
 */
public final class UsageMeter {
  static final int MOST = 100_000;

  private final Map<Slot, Tally> tallies = new ConcurrentHashMap<>();

  private UsageMeter() {}

  /** A meter at zero. */
  public static UsageMeter create() {
    return new UsageMeter();
  }

  /**
   * Counts one call.
   *
   * @param day the day by the provider's quota clock
   */
  public void count(ManagedKey key, Owner caller, LocalDate day, Instant now, boolean success) {
    Slot slot = new Slot(key.id(), caller, day);
    while (true) {
      Tally tally = tallies.get(slot);
      if (tally == null) {
        if (tallies.size() >= MOST) return;
        tally = tallies.computeIfAbsent(slot, s -> new Tally());
      }
      if (tally.add(success, now)) return;
      tallies.remove(slot, tally);
    }
  }

  /** Takes all counts away. */
  public List<Usage> drain() {
    List<Usage> drained = new ArrayList<>();
    for (Map.Entry<Slot, Tally> entry : tallies.entrySet()) {
      tallies.remove(entry.getKey(), entry.getValue());
      long packed = entry.getValue().close();
      if (packed > 0) drained.add(entry.getKey().usage(packed, entry.getValue().last));
    }
    return drained;
  }

  /** Errors in the upper half, successes in the lower; a closed tally takes no more. */
  private static final class Tally {
    private static final long CLOSED = -1;
    private static final long ERROR = 1L << 32;

    private final AtomicLong packed = new AtomicLong();
    volatile Instant last = Instant.EPOCH;

    boolean add(boolean success, Instant now) {
      if (!now.equals(last)) last = now; // All callers write to it.
      long seen;
      do {
        seen = packed.get();
        if (seen == CLOSED) return false;
      } while (!packed.compareAndSet(seen, seen + (success ? 1 : ERROR)));
      return true;
    }

    long close() {
      return packed.getAndSet(CLOSED);
    }
  }

  private static final class Slot {
    private final KeyId key;
    private final Owner caller;
    private final LocalDate day;

    Slot(KeyId key, Owner caller, LocalDate day) {
      this.key = key;
      this.caller = caller;
      this.day = day;
    }

    Usage usage(long packed, Instant last) {
      return Usage.of(key, caller, day, packed & 0xFFFFFFFFL, packed >>> 32, last);
    }

    @Override
    public boolean equals(Object other) {
      if (!(other instanceof Slot)) return false;
      Slot slot = (Slot) other;
      return slot.key.equals(key) && slot.caller.equals(caller) && slot.day.equals(day);
    }

    @Override
    public int hashCode() {
      return (31 * key.hashCode() + caller.hashCode()) * 31 + day.hashCode(); // No array a call.
    }
  }
}
