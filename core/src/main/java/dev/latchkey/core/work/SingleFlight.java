package dev.latchkey.core.work;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Whoever asks for what is being done already gets the same future. Holds no lock while the work is
 * done. Safe for use by many threads.
 */
public final class SingleFlight<K, V> {
  private final Map<K, CompletableFuture<V>> flights = new ConcurrentHashMap<>();

  /** Joins the flight for this key, or starts it. */
  public CompletableFuture<V> fly(K key, Supplier<CompletableFuture<V>> work) {
    CompletableFuture<V> mine = new CompletableFuture<>();
    CompletableFuture<V> theirs = flights.putIfAbsent(key, mine);
    if (theirs != null) return theirs;
    start(work)
        .whenComplete(
            (value, fault) -> {
              flights.remove(key, mine);
              if (fault == null) mine.complete(value);
              else mine.completeExceptionally(fault);
            });
    return mine;
  }

  private static <V> CompletableFuture<V> start(Supplier<CompletableFuture<V>> work) {
    try {
      return work.get();
    } catch (RuntimeException | Error e) {
      CompletableFuture<V> failed = new CompletableFuture<>();
      failed.completeExceptionally(e);
      return failed;
    }
  }

  /** How many flights are under way. */
  public int inFlight() {
    return flights.size();
  }
}
