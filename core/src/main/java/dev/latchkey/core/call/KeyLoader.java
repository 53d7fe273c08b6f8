package dev.latchkey.core.call;

import dev.latchkey.core.key.Owner;
import dev.latchkey.core.pool.KeyPool;
import dev.latchkey.core.pool.KeyRing;
import dev.latchkey.core.provider.Provider;
import dev.latchkey.core.sync.KeySync;
import dev.latchkey.core.sync.SyncResult;
import dev.latchkey.core.time.TimeSource;
import dev.latchkey.core.work.SingleFlight;
import dev.latchkey.core.work.Workers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Loads an owner's keys on a thread of ours while his call waits, bounded; all his calls wait for
 * one load. Where there was no key, the next {@value #AGAIN_SECONDS} seconds do not ask again.
 */
final class KeyLoader {
  static final int AGAIN_SECONDS = 5;
  private static final int MOST_ABSENT = 10_000;

  private final KeyPool pool;
  private final KeySync sync;
  private final Workers workers;
  private final TimeSource time;
  private final Duration patience;
  private final SingleFlight<String, SyncResult> flights = new SingleFlight<>();
  private final Map<String, Long> absentUntil = new ConcurrentHashMap<>();

  KeyLoader(KeyPool pool, KeySync sync, Workers workers, TimeSource time, Duration patience) {
    this.pool = pool;
    this.sync = sync;
    this.workers = workers;
    this.time = time;
    this.patience = patience;
  }

  /**
   * The ring of an owner or of the pool; null if there is no key, or none within the time a call
   * may wait.
   */
  @Nullable KeyRing load(Provider provider, Owner holder) {
    String flight = provider.name() + '\0' + holder.id();
    if (isAbsent(flight)) return null;
    CompletableFuture<SyncResult> load = flights.fly(flight, () -> start(provider, holder));
    if (!await(load)) absent(flight);
    return pool.ring(provider.name(), holder, time.millis());
  }

  private CompletableFuture<SyncResult> start(Provider provider, Owner holder) {
    return workers.submit(() -> sync.sync(provider, holder)).thenCompose(Function.identity());
  }

  /** Whether a key came in time. */
  private boolean await(CompletableFuture<SyncResult> load) {
    try {
      return load.get(patience.toMillis(), TimeUnit.MILLISECONDS).key() != null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  private boolean isAbsent(String flight) {
    Long until = absentUntil.get(flight);
    return until != null && until - time.nanoTime() > 0;
  }

  private void absent(String flight) {
    if (absentUntil.size() >= MOST_ABSENT) absentUntil.clear();
    absentUntil.put(flight, time.nanoTime() + TimeUnit.SECONDS.toNanos(AGAIN_SECONDS));
  }
}
