package dev.latchkey.sample.simulator;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The account's keys, by hash. Thread-safe: every method holds this object's monitor. */
final class KeyRing {
  private static final int PAGE = 100;

  private final Clock clock;
  private final String managementKey = KeyText.create();
  private final Map<String, SimulatedKey> keys = new LinkedHashMap<>();
  private final List<String> everIssued = new ArrayList<>();

  KeyRing(Clock clock) {
    this.clock = clock;
  }

  String managementKey() {
    return managementKey;
  }

  boolean isManagementKey(@Nullable String key) {
    return managementKey.equals(key);
  }

  /** Makes a key and returns its text, which the keys API shows only this once. */
  synchronized String create(KeyOrder order) {
    SimulatedKey key = new SimulatedKey(KeyText.create(), order, clock.instant());
    keys.put(key.hash(), key);
    everIssued.add(key.text());
    return key.text();
  }

  /** Whether the key exists, is enabled and has not expired. */
  synchronized boolean works(String text) {
    SimulatedKey key = keys.get(KeyText.hash(text));
    return key != null && key.works(clock.instant());
  }

  /** The period whose cap the key has spent, or null while it has allowance. */
  synchronized @Nullable String spentPeriod(String text) {
    SimulatedKey key = keys.get(KeyText.hash(text));
    return key != null && key.overLimit() ? key.limitPeriod() : null;
  }

  synchronized void charge(String text, double dollars) {
    SimulatedKey key = keys.get(KeyText.hash(text));
    if (key != null) key.charge(dollars);
  }

  synchronized @Nullable Map<String, @Nullable Object> describe(String hash) {
    SimulatedKey key = keys.get(hash);
    return key == null ? null : key.describe();
  }

  synchronized @Nullable Map<String, @Nullable Object> describeShared(String hash) {
    SimulatedKey key = keys.get(hash);
    return key == null ? null : key.describeShared();
  }

  /** Newest first, at most 100. */
  synchronized List<Map<String, @Nullable Object>> page(int offset, boolean includeDisabled) {
    List<SimulatedKey> newest = new ArrayList<>(keys.values());
    Collections.reverse(newest);
    List<Map<String, @Nullable Object>> page = new ArrayList<>();
    newest.stream()
        .filter(key -> includeDisabled || !key.disabled())
        .skip(offset)
        .limit(PAGE)
        .forEach(key -> page.add(key.describe()));
    return page;
  }

  synchronized boolean change(String hash, KeyOrder order) {
    SimulatedKey key = keys.get(hash);
    if (key != null) key.change(order, clock.instant());
    return key != null;
  }

  synchronized boolean delete(String hash) {
    return keys.remove(hash) != null;
  }

  /** Lets every key expire now. */
  synchronized void expireAll() {
    keys.values().forEach(key -> key.expire(clock.instant()));
  }

  synchronized void expireNamed(String part) {
    for (SimulatedKey key : keys.values()) if (key.isNamed(part)) key.expire(clock.instant());
  }

  synchronized void deleteAll() {
    keys.clear();
  }

  synchronized void expire(String text) {
    SimulatedKey key = keys.get(KeyText.hash(text));
    if (key != null) key.expire(clock.instant());
  }

  synchronized void exhaust(String text) {
    SimulatedKey key = keys.get(KeyText.hash(text));
    if (key != null) key.exhaust();
  }

  synchronized List<String> everIssued() {
    return new ArrayList<>(everIssued);
  }

  synchronized int working() {
    return (int) keys.values().stream().filter(key -> key.works(clock.instant())).count();
  }
}
