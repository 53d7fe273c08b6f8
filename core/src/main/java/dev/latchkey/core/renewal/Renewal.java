package dev.latchkey.core.renewal;

import dev.latchkey.core.key.KeyId;
import dev.latchkey.core.key.KeyLog;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.pool.KeyPool;
import dev.latchkey.core.provider.Provider;
import dev.latchkey.core.store.KeyStore;
import dev.latchkey.core.time.TimeSource;
import dev.latchkey.core.work.SingleFlight;
import dev.latchkey.core.work.Workers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;

/**
 * Makes keys: one for each owner and generation, over all threads of this JVM (a shared future) and
 * all JVMs of the fleet (a lease in the table).
 *
 * <p>A refused key is first compared with the table: somebody may have replaced it already. Then
 * the provider's probe has to confirm the refusal. Then what an operator has put into key file or
 * environment is tried, and only then is a key minted - within the owner's budget and not before
 * the last failure's pause is over. Where another process is at it, its end is watched; one that
 * dies is replaced. No future completes with an exception. Safe for use by many threads.
 */
public final class Renewal {
  private static final Duration SHORTEST_LEASE = Duration.ofSeconds(30);

  /** A mint, and a probe of what was minted. */
  private static final int CALLS_UNDER_LEASE = 2;

  /** For the table's part, before and after the calls. */
  private static final Duration MARGIN = Duration.ofSeconds(10);

  private final KeyStore store;
  private final Workers workers;
  private final TimeSource time;
  private final Maker maker;
  private final Duration lease;
  private final SingleFlight<KeyId, Renewed> flights = new SingleFlight<>();

  private Renewal(KeyStore store, Workers workers, TimeSource time, Maker maker, Duration lease) {
    this.store = store;
    this.workers = workers;
    this.time = time;
    this.maker = maker;
    this.lease = lease;
  }

  /**
   * Renewals over this store.
   *
   * @param storeFirst stores an owner's keys if they serve unstored, before one is replaced
   * @param lease how long a renewal may take before other processes believe it dead
   */
  public static Renewal create(
      KeyStore store,
      KeyPool pool,
      Candidates candidates,
      BiConsumer<Provider, Owner> storeFirst,
      Workers workers,
      TimeSource time,
      KeyLog log,
      Duration lease) {
    Maker maker = new Maker(store, pool, candidates, storeFirst, time, log, lease);
    return new Renewal(store, workers, time, maker, lease);
  }

  /**
   * The lease that a renewal needs which may wait so long for each answer of the provider: 30 s, or
   * as long as a mint and a probe may take.
   */
  public static Duration lease(Duration longestCall) {
    Duration needed = longestCall.multipliedBy(CALLS_UNDER_LEASE).plus(MARGIN);
    return needed.compareTo(SHORTEST_LEASE) > 0 ? needed : SHORTEST_LEASE;
  }

  /** Replaces a key that the provider refused. */
  public CompletableFuture<Renewed> refused(Provider provider, ManagedKey used, String reason) {
    return fly(Job.successor(provider, used, Job.Why.REFUSED, reason));
  }

  /** Replaces a key that will expire soon. */
  public CompletableFuture<Renewed> expiring(Provider provider, ManagedKey used) {
    return fly(
        Job.successor(provider, used, Job.Why.EXPIRING, "it expires at " + used.expiresAt()));
  }

  /** Replaces a key because an operator says so; budget and pauses do not apply. */
  public CompletableFuture<Renewed> ordered(Provider provider, ManagedKey used) {
    return fly(Job.successor(provider, used, Job.Why.ORDERED, "ordered by an operator"));
  }

  /** Makes an owner's first key. */
  public CompletableFuture<Renewed> first(Provider provider, Owner owner) {
    return fly(Job.first(provider, owner));
  }

  private CompletableFuture<Renewed> fly(Job job) {
    return flights.fly(
        job.id,
        () ->
            workers
                .submit(() -> maker.make(job))
                .thenCompose(made -> made == null ? watch(job) : done(made))
                .exceptionally(fault -> maker.failed(job, told(fault), null)));
  }

  /** As long as a lease, and as long again for whoever took over. */
  private CompletableFuture<Renewed> watch(Job job) {
    return new Watch(job, store, maker, workers, time, lease.multipliedBy(2)).start();
  }

  private static CompletableFuture<Renewed> done(Renewed made) {
    return CompletableFuture.completedFuture(made);
  }

  private static String told(Throwable fault) {
    Throwable cause = fault instanceof CompletionException ? fault.getCause() : fault;
    return String.valueOf(cause);
  }
}
