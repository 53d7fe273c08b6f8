package dev.latchkey.core.renewal;

import dev.latchkey.core.key.KeyEvent;
import dev.latchkey.core.key.KeyId;
import dev.latchkey.core.key.KeyLog;
import dev.latchkey.core.key.KeyStatus;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.pool.KeyPool;
import dev.latchkey.core.provider.Classification;
import dev.latchkey.core.provider.Provider;
import dev.latchkey.core.provider.ProvisioningException;
import dev.latchkey.core.provider.Verdict;
import dev.latchkey.core.store.KeyStore;
import dev.latchkey.core.store.RenewalJournal.Attempt;
import dev.latchkey.core.store.StoreException;
import dev.latchkey.core.time.TimeSource;
import dev.latchkey.core.work.SingleFlight;
import dev.latchkey.core.work.Workers;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Makes keys: one for each owner and generation, over all threads of this JVM (a shared future) and
 * all JVMs of the fleet (a lease in the table).
 *
 * <p>A refused key is first compared with the table: somebody may have replaced it already. Then
 * the provider's probe has to confirm the refusal. Then what an operator has put into key file or
 * environment is tried, and only then is a key minted - within the owner's budget and not before
 * the last failure's pause is over. No future completes with an exception. Safe for use by many
 * threads.
 */
public final class Renewal {
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration BUDGET_WINDOW = Duration.ofHours(1);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private final KeyStore store;
  private final KeyPool pool;
  private final Candidates candidates;
  private final Workers workers;
  private final TimeSource time;
  private final KeyLog log;
  private final Minting minting;
  private final Backoff backoff;
  private final Duration patience;
  private final SingleFlight<KeyId, Renewed> flights = new SingleFlight<>();

  private Renewal(
      KeyStore store,
      KeyPool pool,
      Candidates candidates,
      Workers workers,
      TimeSource time,
      KeyLog log,
      Duration patience) {
    this.store = store;
    this.pool = pool;
    this.candidates = candidates;
    this.workers = workers;
    this.time = time;
    this.log = log;
    this.patience = patience;
    minting = new Minting(store, time, log);
    backoff = new Backoff(time);
  }

  /**
   * Renewals over this store.
   *
   * @param patience how long to wait for another process that is renewing the same key
   */
  public static Renewal create(
      KeyStore store,
      KeyPool pool,
      Candidates candidates,
      Workers workers,
      TimeSource time,
      KeyLog log,
      Duration patience) {
    return new Renewal(store, pool, candidates, workers, time, log, patience);
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
                .submit(() -> run(job))
                .exceptionally(fault -> failed(job, String.valueOf(fault), null)));
  }

  private Renewed run(Job job) {
    try {
      return decide(job);
    } catch (StoreException e) {
      return Renewed.none(String.valueOf(e.getMessage()));
    } catch (ProvisioningException e) {
      return failed(job, String.valueOf(e.getMessage()), e.retryAfter());
    }
  }

  private Renewed decide(Job job) throws ProvisioningException {
    ManagedKey row = job.row(store);
    if (job.isDoneBy(row)) return adoptFromTable(row);
    if (row != null && row.fault() != null) return Renewed.none(row.fault());
    if (isTakenOut(row)) return Renewed.none("an operator has taken the key out of service");
    if (!backoff.remaining(job.id).isZero() && job.why != Job.Why.ORDERED) return resting(job);
    if (job.why == Job.Why.REFUSED && !isConfirmed(job)) return keep(job);
    Candidates.Candidate found = row == null ? null : candidate(job, row);
    if (found == null && !job.provider.api().canMint()) return cannotMint(job);
    if (found == null && isOverBudget(job, row)) return overBudget(job);
    return attempt(job, row, found);
  }

  private Renewed adoptFromTable(@Nullable ManagedKey row) {
    ManagedKey key = Objects.requireNonNull(row);
    pool.update(key);
    return Renewed.with(key, "the table already holds generation " + key.generation());
  }

  private static boolean isTakenOut(@Nullable ManagedKey row) {
    return row != null && (row.status() == KeyStatus.DISABLED || row.status() == KeyStatus.PAUSED);
  }

  private Renewed resting(Job job) {
    long seconds = backoff.remaining(job.id).getSeconds() + 1;
    return Renewed.none(
        "the last attempt failed (" + backoff.reason(job.id) + "), next in " + seconds + " s");
  }

  /** One 401 proves nothing: at OpenRouter whole outages have looked like it. */
  private boolean isConfirmed(Job job) {
    ManagedKey used = Objects.requireNonNull(job.used);
    if (!job.provider.api().canProbe() || used.secret() == null) return true;
    Classification probe = job.provider.api().probe(used.secret());
    return probe.verdict().refusesKey();
  }

  private Renewed keep(Job job) {
    return failed(
        job, "the provider's probe does not confirm that the key is dead; it stays", null);
  }

  private Candidates.@Nullable Candidate candidate(Job job, ManagedKey row) {
    if (job.why != Job.Why.REFUSED) return null;
    for (Candidates.Candidate found : candidates.find(job.provider, job.owner)) {
      if (Objects.equals(found.secret(), row.secret())) continue;
      if (!job.provider.api().canProbe()) return found;
      if (job.provider.api().probe(found.secret()).verdict() == Verdict.OK) return found;
    }
    return null;
  }

  private Renewed cannotMint(Job job) {
    String variable = job.provider.provisioningVariable();
    String otherwise = " or put a key into " + job.provider.environmentVariable() + " or key.txt";
    String reason =
        variable == null
            ? "this provider has no way to make keys;" + otherwise.substring(3)
            : "there is no provisioning key to make one; set " + variable + otherwise;
    if (job.used != null && job.why == Job.Why.REFUSED) markInvalid(job.used, reason);
    return failed(job, reason, null);
  }

  private void markInvalid(ManagedKey used, String reason) {
    store.mark(used.id(), used.generation(), KeyStatus.INVALID, null, reason);
    pool.update(used.toBuilder().status(KeyStatus.INVALID).lastError(reason).build());
  }

  /** An owner's first key is not a renewal, though the journal counts its attempt as well. */
  private boolean isOverBudget(Job job, @Nullable ManagedKey row) {
    if (row == null || job.why == Job.Why.ORDERED) return false;
    int begun = store.renewals().begunWithin(job.provider.name(), job.owner, BUDGET_WINDOW);
    boolean isNew = row.createdAt().isAfter(time.now().minus(BUDGET_WINDOW));
    return begun >= job.provider.renewal().budgetPerHour() + (isNew ? 1 : 0);
  }

  private Renewed overBudget(Job job) {
    String reason =
        "the budget of "
            + job.provider.renewal().budgetPerHour()
            + " renewals an hour is used up; see what keeps killing the key";
    return failed(job, reason, null);
  }

  private Renewed attempt(Job job, @Nullable ManagedKey row, Candidates.@Nullable Candidate found)
      throws ProvisioningException {
    long generation = row == null ? 0 : row.generation();
    String name = Minting.name(job.owner, time);
    Optional<Attempt> lease =
        store.renewals().begin(job.id, job.provider.name(), job.owner, generation, name, LEASE);
    if (!lease.isPresent()) return waitForOther(job);
    ManagedKey next =
        found == null || row == null
            ? minting.mint(job, row, lease.get())
            : minting.adopt(job, row, found, lease.get());
    return next == null ? waitForOther(job) : activated(job, next);
  }

  private Renewed activated(Job job, ManagedKey next) {
    backoff.succeeded(job.id);
    pool.update(next);
    boolean first = job.why == Job.Why.FIRST;
    log.tell(first ? KeyEvent.Type.PROVISIONED : KeyEvent.Type.RENEWED, next, job.reason);
    return Renewed.with(next, first ? "provisioned" : "renewed");
  }

  /** Another process holds the lease: its success is ours, and so is its failure. */
  private Renewed waitForOther(Job job) {
    long looks = Math.max(1, patience.toMillis() / LOOK_AGAIN.toMillis());
    for (long i = 0; i < looks && !Thread.currentThread().isInterrupted(); i++) {
      ManagedKey row = job.row(store);
      if (job.isDoneBy(row)) return adoptFromTable(row);
      Optional<Attempt> latest = store.renewals().latest(job.id);
      if (latest.isPresent() && hasFailed(latest.get())) {
        return Renewed.none("another process tried in vain: " + latest.get().error());
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
    return Renewed.none(
        "another process is renewing the key and was not done within "
            + patience.getSeconds()
            + " s");
  }

  private static boolean hasFailed(Attempt attempt) {
    return attempt.state().equals("failed") || attempt.state().equals("abandoned");
  }

  private Renewed failed(Job job, String reason, @Nullable Duration atLeast) {
    if (!backoff.failed(job.id, reason, atLeast)) return Renewed.none(reason);
    if (job.used != null) log.tell(KeyEvent.Type.RENEWAL_FAILED, job.used, reason);
    else log.tell(KeyEvent.Type.RENEWAL_FAILED, job.provider.name(), job.owner, reason);
    return Renewed.none(reason);
  }
}
