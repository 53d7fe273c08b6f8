package dev.latchkey.core.store;

import dev.latchkey.core.key.KeyId;
import dev.latchkey.core.key.KeyStatus;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The journal of a {@link MemoryStore}; the table's monitor guards it too. */
final class MemoryJournal implements RenewalJournal {
  private final MemoryTable table;
  private final TimeSource time;
  private final TreeMap<Long, Entry> entries = new TreeMap<>();
  private long lastId;

  MemoryJournal(MemoryTable table, TimeSource time) {
    this.table = table;
    this.time = time;
  }

  @Override
  public Optional<Attempt> begin(
      KeyId key, String provider, Owner owner, long generation, String mintName, Duration lease) {
    synchronized (table) {
      Instant now = time.now();
      if (generationOf(key) != generation) return Optional.empty();
      for (Entry live : select(e -> e.attempt.key().equals(key) && e.isLive())) {
        if (live.rest.isAfter(now)) return Optional.empty();
        live.move("abandoned", RAN_OUT, now);
      }
      Attempt attempt =
          new Attempt(
              ++lastId,
              key,
              provider,
              owner,
              generation,
              mintName,
              "minting",
              null,
              null,
              null,
              now);
      entries.put(lastId, new Entry(attempt, now.plus(lease)));
      forgetOldest();
      return Optional.of(attempt);
    }
  }

  @Override
  public boolean minted(Attempt attempt, @Nullable String providerRef) {
    synchronized (table) {
      Entry entry = entries.get(attempt.id());
      if (entry == null || !entry.isLive()) return false;
      entry.minted(providerRef);
      return true;
    }
  }

  @Override
  public boolean activate(
      Attempt attempt, ManagedKey next, @Nullable String retiredRef, Duration grace) {
    synchronized (table) {
      Entry entry = entries.get(attempt.id());
      if (entry == null) return false;
      if (entry.isStored()) return true;
      if (!entry.isLive() || !mayReplace(entry.attempt, next)) return false;
      table.put(next.toBuilder().createdAt(createdAt(next.id())).build());
      entry.stored(retiredRef, time.now().plus(grace));
      return true;
    }
  }

  @Override
  public void failed(Attempt attempt, String reason) {
    move(attempt, "minting", "failed", reason);
  }

  @Override
  public void abandoned(Attempt attempt, String reason) {
    synchronized (table) {
      Entry entry = entries.get(attempt.id());
      if (entry != null && entry.isLive()) entry.move("abandoned", reason, time.now());
    }
  }

  @Override
  public int begunWithin(String provider, Owner owner, Duration window) {
    synchronized (table) {
      Instant since = time.now().minus(window);
      return select(e -> e.isOf(provider, owner) && e.countsSince(since)).size();
    }
  }

  @Override
  public List<Attempt> claimOrphans(String provider, Duration settled, Duration lease, int limit) {
    Predicate<Entry> orphan = e -> e.isLive() || e.isIn("abandoned");
    Instant began = time.now().minus(settled);
    Predicate<Entry> known =
        e -> e.attempt.providerRef() != null || !e.attempt.begunAt().isAfter(began);
    return claim(provider, orphan.and(known), "abandoned", lease, limit);
  }

  @Override
  public int prune(String provider, Duration age, int limit) {
    synchronized (table) {
      Instant before = time.now().minus(age);
      List<Entry> old =
          select(
              e ->
                  e.attempt.provider().equals(provider)
                      && (e.isIn("done") || e.isIn("cleaned") || e.isIn("failed"))
                      && e.rest.isBefore(before));
      List<Entry> some = old.subList(0, Math.min(limit, old.size()));
      for (Entry e : some) entries.remove(e.attempt.id());
      return some.size();
    }
  }

  @Override
  public void cleaned(Attempt orphan) {
    move(orphan, "abandoned", "cleaned", orphan.error());
  }

  @Override
  public List<Attempt> claimRetired(String provider, Duration lease, int limit) {
    return claim(provider, e -> e.isIn("stored"), "stored", lease, limit);
  }

  @Override
  public void done(Attempt attempt) {
    move(attempt, "stored", "done", attempt.error());
  }

  @Override
  public Optional<Attempt> latest(KeyId key) {
    synchronized (table) {
      List<Entry> found = select(e -> e.attempt.key().equals(key));
      if (found.isEmpty()) return Optional.empty();
      Entry last = found.get(found.size() - 1);
      boolean dead = last.isLive() && !last.rest.isAfter(time.now());
      return Optional.of(dead ? last.copy("abandoned", RAN_OUT) : last.attempt);
    }
  }

  private void move(Attempt attempt, String from, String to, @Nullable String reason) {
    synchronized (table) {
      Entry entry = entries.get(attempt.id());
      if (entry != null && entry.isIn(from)) entry.move(to, reason, entry.rest);
    }
  }

  private List<Attempt> claim(
      String provider, Predicate<Entry> wanted, String state, Duration lease, int limit) {
    synchronized (table) {
      Instant now = time.now();
      List<Attempt> claimed = new ArrayList<>();
      for (Entry e : select(wanted)) {
        if (claimed.size() == limit) break;
        if (!e.attempt.provider().equals(provider) || e.rest.isAfter(now)) continue;
        String why = e.isLive() ? RAN_OUT : e.attempt.error();
        e.move(state, why, now.plus(lease));
        claimed.add(e.attempt);
      }
      return claimed;
    }
  }

  private long generationOf(KeyId key) {
    ManagedKey row = table.key(key);
    return row == null || table.hasRoomFor(key) ? 0 : row.generation();
  }

  private Instant createdAt(KeyId key) {
    ManagedKey row = table.key(key);
    return row == null ? time.now() : row.createdAt();
  }

  private boolean mayReplace(Attempt attempt, ManagedKey next) {
    ManagedKey row = table.key(next.id());
    if (row == null || table.hasRoomFor(next.id())) return attempt.generation() == 0;
    return row.generation() == attempt.generation() && !isOutOfService(row.status());
  }

  private static boolean isOutOfService(KeyStatus status) {
    return status == KeyStatus.PAUSED
        || status == KeyStatus.DISABLED
        || status == KeyStatus.RETIRED;
  }

  private List<Entry> select(Predicate<Entry> wanted) {
    List<Entry> found = new ArrayList<>();
    for (Entry entry : entries.values()) if (wanted.test(entry)) found.add(entry);
    return found;
  }

  private void forgetOldest() {
    while (entries.size() > MemoryTable.MOST_NOTES) entries.pollFirstEntry();
  }

  /** A row; {@code rest} is until when nobody else may touch it. */
  private static final class Entry {
    private Attempt attempt;
    private Instant rest;

    Entry(Attempt attempt, Instant rest) {
      this.attempt = attempt;
      this.rest = rest;
    }

    boolean isIn(String state) {
      return attempt.state().equals(state);
    }

    boolean isLive() {
      return isIn("minting") || isIn("minted");
    }

    boolean isStored() {
      return isIn("stored") || isIn("done");
    }

    boolean isOf(String provider, Owner owner) {
      return attempt.provider().equals(provider) && attempt.owner().equals(owner);
    }

    boolean countsSince(Instant since) {
      return !isIn("failed") && attempt.begunAt().isAfter(since);
    }

    void minted(@Nullable String providerRef) {
      attempt = copy("minted", providerRef, null, null);
    }

    void stored(@Nullable String retiredRef, Instant revokeAfter) {
      String state = retiredRef == null ? "done" : "stored";
      attempt = copy(state, attempt.providerRef(), retiredRef, null);
      rest = revokeAfter;
    }

    void move(String state, @Nullable String reason, Instant until) {
      attempt = copy(state, reason);
      rest = until;
    }

    Attempt copy(String state, @Nullable String error) {
      return copy(state, attempt.providerRef(), attempt.retiredRef(), error);
    }

    private Attempt copy(
        String state,
        @Nullable String providerRef,
        @Nullable String retiredRef,
        @Nullable String error) {
      return new Attempt(
          attempt.id(),
          attempt.key(),
          attempt.provider(),
          attempt.owner(),
          attempt.generation(),
          attempt.mintName(),
          state,
          providerRef,
          retiredRef,
          error,
          attempt.begunAt());
    }
  }
}
