package dev.latchkey.core.store;

import dev.latchkey.core.key.KeyEvent;
import dev.latchkey.core.key.KeyId;
import dev.latchkey.core.key.KeyStatus;
import dev.latchkey.core.key.ManagedKey;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a {@link MemoryStore} holds. Its monitor guards everything; compound steps hold it too. */
final class MemoryTable {
  static final int MOST_KEYS = 100_000;
  static final int MOST_NOTES = 10_000;

  private final Map<KeyId, ManagedKey> keys = new HashMap<>();
  private final Map<KeyId, Long> changedAs = new HashMap<>();
  private final TreeMap<Long, KeyId> changes = new TreeMap<>();
  private final Deque<KeyEvent> history = new ArrayDeque<>();
  private final Map<List<Object>, Usage> usage = new LinkedHashMap<>();
  private long lastChange;

  synchronized @Nullable ManagedKey key(KeyId id) {
    return keys.get(id);
  }

  /** Whether a first key may be stored under this id; a lifted bar makes room. */
  synchronized boolean hasRoomFor(KeyId id) {
    ManagedKey row = keys.get(id);
    return row == null || row.isBar() && row.status() == KeyStatus.RETIRED;
  }

  synchronized List<ManagedKey> keys() {
    return new ArrayList<>(keys.values());
  }

  synchronized void put(ManagedKey key) {
    if (key.fault() != null) {
      throw new IllegalArgumentException("a key without a secret is not stored: " + key);
    }
    if (keys.put(key.id(), key) == null && keys.size() > MOST_KEYS) {
      keys.remove(key.id());
      throw new StoreException(
          "the store in memory is full with " + MOST_KEYS + " keys; set store.url to a database");
    }
    Long earlier = changedAs.put(key.id(), ++lastChange);
    if (earlier != null) changes.remove(earlier);
    changes.put(lastChange, key.id());
  }

  synchronized Changes changes(@Nullable String cursor, int limit) {
    if (cursor == null) return Changes.of(new ArrayList<>(), Long.toString(lastChange));
    List<ManagedKey> found = new ArrayList<>();
    long seen = Long.parseLong(cursor);
    SortedMap<Long, KeyId> newer = changes.tailMap(seen, false);
    for (Map.Entry<Long, KeyId> change : newer.entrySet()) {
      if (found.size() == limit) break;
      found.add(keys.get(change.getValue()));
      seen = change.getKey();
    }
    return Changes.of(found, Long.toString(seen));
  }

  synchronized void append(List<KeyEvent> events) {
    history.addAll(events);
    while (history.size() > MOST_NOTES) history.removeFirst();
  }

  synchronized int pruneEvents(Instant before, int limit) {
    int pruned = 0;
    while (pruned < limit && !history.isEmpty() && history.getFirst().at().isBefore(before)) {
      history.removeFirst();
      pruned++;
    }
    return pruned;
  }

  synchronized List<KeyEvent> history() {
    return new ArrayList<>(history);
  }

  synchronized void count(List<Usage> counted) {
    for (Usage one : counted) {
      usage.merge(Arrays.asList(one.key(), one.owner(), one.day()), one, MemoryTable::sum);
    }
    while (usage.size() > MOST_NOTES) usage.remove(usage.keySet().iterator().next());
  }

  synchronized List<Usage> usage() {
    return new ArrayList<>(usage.values());
  }

  private static Usage sum(Usage a, Usage b) {
    Instant last = a.lastUsed().isAfter(b.lastUsed()) ? a.lastUsed() : b.lastUsed();
    return Usage.of(
        a.key(), a.owner(), a.day(), a.successes() + b.successes(), a.errors() + b.errors(), last);
  }
}
