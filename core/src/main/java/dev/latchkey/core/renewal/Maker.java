package dev.latchkey.core.renewal;

import dev.latchkey.core.key.KeyEvent;
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
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What this process itself does about a job: looks what there is, decides, and makes the key if it
 * gets the lease. Every method blocks on table and provider.
 */
final class Maker {
  private static final Duration BUDGET_WINDOW = Duration.ofHours(1);

  private final KeyStore store;
  private final KeyPool pool;
  private final Candidates candidates;
  private final BiConsumer<Provider, Owner> storeFirst;
  private final TimeSource time;
  private final KeyLog log;
  private final Minting minting;
  private final Backoff backoff;
  private final Duration lease;

  Maker(
      KeyStore store,
      KeyPool pool,
      Candidates candidates,
      BiConsumer<Provider, Owner> storeFirst,
      TimeSource time,
      KeyLog log,
      Duration lease) {
    this.store = store;
    this.pool = pool;
    this.candidates = candidates;
    this.storeFirst = storeFirst;
    this.time = time;
    this.log = log;
    minting = new Minting(store, time, log);
    backoff = new Backoff(time);
    this.lease = lease;
  }

  /** How the job ended; null if another process is at it. */
  @Nullable Renewed make(Job job) {
    try {
      return decide(job);
    } catch (StoreException e) {
      return Renewed.none(String.valueOf(e.getMessage()));
    } catch (ProvisioningException e) {
      return failed(job, String.valueOf(e.getMessage()), e.retryAfter());
    }
  }

  private @Nullable Renewed decide(Job job) throws ProvisioningException {
    if (job.used != null) storeFirst.accept(job.provider, job.owner);
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

  /** Takes over what another process has made. */
  Renewed adoptFromTable(@Nullable ManagedKey row) {
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
    Provider provider = job.provider;
    String reason =
        whyNotMinted(provider)
            + " put a key into "
            + provider.environmentVariable()
            + " or key.txt";
    if (job.used != null && job.why == Job.Why.REFUSED) markInvalid(job.used, reason);
    return failed(job, reason, null);
  }

  private static String whyNotMinted(Provider provider) {
    String variable = provider.provisioningVariable();
    if (variable == null) return "this provider has no way to make keys;";
    String unset = provider.api().unsetToMint();
    return unset == null
        ? "there is no provisioning key to make one; set " + variable + " or"
        : "the provisioning key alone makes none; set " + unset + " or";
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

  private @Nullable Renewed attempt(
      Job job, @Nullable ManagedKey row, Candidates.@Nullable Candidate found)
      throws ProvisioningException {
    long generation = row == null ? 0 : row.generation();
    String name = Minting.name(job.owner, time);
    Optional<Attempt> ours =
        store.renewals().begin(job.id, job.provider.name(), job.owner, generation, name, lease);
    if (!ours.isPresent()) return null;
    ManagedKey next =
        found == null || row == null
            ? minting.mint(job, row, ours.get())
            : minting.adopt(job, row, found, ours.get());
    return next == null ? null : activated(job, next);
  }

  private Renewed activated(Job job, ManagedKey next) {
    backoff.succeeded(job.id);
    pool.update(next);
    boolean first = job.why == Job.Why.FIRST;
    log.tell(first ? KeyEvent.Type.PROVISIONED : KeyEvent.Type.RENEWED, next, job.reason);
    return Renewed.with(next, first ? "provisioned" : "renewed");
  }

  /** Notes that nothing came of it; tells people unless they know. */
  Renewed failed(Job job, String reason, @Nullable Duration atLeast) {
    if (!backoff.failed(job.id, reason, atLeast)) return Renewed.none(reason);
    if (job.used != null) log.tell(KeyEvent.Type.RENEWAL_FAILED, job.used, reason);
    else log.tell(KeyEvent.Type.RENEWAL_FAILED, job.provider.name(), job.owner, reason);
    return Renewed.none(reason);
  }
}
