package dev.latchkey.core.store;

import dev.latchkey.core.key.KeyEvent;
import dev.latchkey.core.key.KeyId;
import dev.latchkey.core.key.KeyStatus;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keys that live as long as this object: for tests, and for {@code store.url: memory}. Its clock is
 * the given one. Holds at most {@value MemoryTable#MOST_KEYS} keys and the newest {@value
 * MemoryTable#MOST_NOTES} events, usage rows and attempts. Safe for use by many threads.
 */
public final class MemoryStore implements KeyStore {
  private static final int CHANGES_AT_ONCE = 1_000;
  private static final Comparator<ManagedKey> BEST_FIRST =
      Comparator.comparingInt(ManagedKey::priority)
          .thenComparing(ManagedKey::createdAt)
          .thenComparing(k -> k.id().toString());
  private static final Comparator<ManagedKey> FOR_PEOPLE =
      Comparator.comparing(ManagedKey::provider)
          .thenComparing((ManagedKey k) -> k.owner().id())
          .thenComparing(BEST_FIRST);

  private final MemoryTable table;
  private final RenewalJournal renewals;
  private final TimeSource time;

  private MemoryStore(TimeSource time) {
    this.time = time;
    table = new MemoryTable();
    renewals = new MemoryJournal(table, time);
  }

  /** An empty store. */
  public static MemoryStore create(TimeSource time) {
    return new MemoryStore(time);
  }

  @Override
  public List<ManagedKey> find(String provider, Owner owner) {
    Predicate<ManagedKey> wanted =
        k ->
            k.provider().equals(provider)
                && k.owner().equals(owner)
                && k.status() != KeyStatus.RETIRED;
    return select(wanted, BEST_FIRST, Integer.MAX_VALUE);
  }

  @Override
  public List<ManagedKey> list(@Nullable String provider, @Nullable Owner owner, int limit) {
    Predicate<ManagedKey> wanted =
        k ->
            (provider == null || k.provider().equals(provider))
                && (owner == null || k.owner().equals(owner));
    return select(wanted, FOR_PEOPLE, limit);
  }

  @Override
  public boolean add(ManagedKey key) {
    synchronized (table) {
      if (!table.hasRoomFor(key.id())) return false;
      table.put(key.toBuilder().createdAt(time.now()).build());
      return true;
    }
  }

  @Override
  public boolean mark(
      KeyId id,
      long generation,
      KeyStatus status,
      @Nullable Instant until,
      @Nullable String reason) {
    synchronized (table) {
      ManagedKey key = table.key(id);
      if (key == null || key.generation() != generation) return false;
      if (MarkRule.applies(key.status(), key.cooldownUntil(), status, until)) {
        Instant rest = MarkRule.until(key.cooldownUntil(), status, until);
        table.put(key.toBuilder().status(status).cooldownUntil(rest).lastError(reason).build());
      }
      return true;
    }
  }

  @Override
  public void disable(String provider, Owner owner, String reason) {
    synchronized (table) {
      List<ManagedKey> rows = find(provider, owner);
      if (rows.isEmpty()) {
        table.put(
            ManagedKey.bar(provider, owner, reason).toBuilder().createdAt(time.now()).build());
      }
      for (ManagedKey row : rows) {
        table.put(row.toBuilder().status(KeyStatus.DISABLED).lastError(reason).build());
      }
    }
  }

  @Override
  public boolean enable(String provider, Owner owner) {
    synchronized (table) {
      boolean any = false;
      for (ManagedKey row : find(provider, owner)) {
        if (row.status() != KeyStatus.DISABLED) continue;
        KeyStatus status = row.isBar() ? KeyStatus.RETIRED : KeyStatus.ACTIVE;
        table.put(row.toBuilder().status(status).cooldownUntil(null).lastError(null).build());
        any = true;
      }
      return any;
    }
  }

  @Override
  public List<Owner> disabledOwners(String provider, int limit) {
    return table.keys().stream()
        .filter(k -> k.provider().equals(provider) && k.status() == KeyStatus.DISABLED)
        .map(ManagedKey::owner)
        .filter(owner -> !owner.isPool())
        .distinct()
        .limit(limit)
        .collect(Collectors.toList());
  }

  @Override
  public void validated(KeyId id, long generation, Instant at) {
    synchronized (table) {
      ManagedKey key = table.key(id);
      if (key == null || key.generation() != generation) return;
      if (key.lastValidated() != null && !at.isAfter(key.lastValidated())) return;
      table.put(key.toBuilder().lastValidated(at).build());
    }
  }

  @Override
  public Changes changes(@Nullable String cursor) {
    return table.changes(cursor, CHANGES_AT_ONCE);
  }

  @Override
  public void count(List<Usage> usage) {
    table.count(usage);
  }

  @Override
  public void append(List<KeyEvent> events) {
    table.append(events);
  }

  @Override
  public int pruneEvents(Duration age, int limit) {
    return table.pruneEvents(time.now().minus(age), limit);
  }

  @Override
  public List<ManagedKey> expiringBefore(Instant time, int limit) {
    Predicate<ManagedKey> wanted =
        k -> k.expiresAt() != null && k.expiresAt().isBefore(time) && serves(k.status());
    return select(wanted, Comparator.comparing(ManagedKey::expiresAt), limit);
  }

  @Override
  public RenewalJournal renewals() {
    return renewals;
  }

  /** The newest events, oldest first. */
  public List<KeyEvent> history() {
    return table.history();
  }

  /** What was counted, a row a key, caller and day. */
  public List<Usage> usage() {
    return table.usage();
  }

  @Override
  public String describe() {
    return "memory of this process (lost when it ends)";
  }

  @Override
  public void close() {}

  private static boolean serves(KeyStatus status) {
    return status == KeyStatus.ACTIVE
        || status == KeyStatus.COOLING
        || status == KeyStatus.EXHAUSTED;
  }

  private List<ManagedKey> select(
      Predicate<ManagedKey> wanted, Comparator<ManagedKey> order, int limit) {
    return table.keys().stream()
        .filter(wanted)
        .sorted(order)
        .limit(limit)
        .collect(Collectors.toList());
  }
}
