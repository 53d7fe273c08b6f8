package dev.latchkey.core.renewal;

import dev.latchkey.core.key.KeyEvent;
import dev.latchkey.core.key.KeyLog;
import dev.latchkey.core.key.KeySource;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.provider.Classification;
import dev.latchkey.core.provider.Provider;
import dev.latchkey.core.provider.ProviderApi;
import dev.latchkey.core.provider.ProvisioningException;
import dev.latchkey.core.provider.Verdict;
import dev.latchkey.core.store.KeyStore;
import dev.latchkey.core.store.RenewalJournal.Attempt;
import dev.latchkey.core.time.TimeSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The steps of one attempt whose lease is ours: mint, note, test, activate. Whatever goes wrong
 * leaves either nothing behind or an abandoned attempt for the {@link Janitor}.
 */
final class Minting {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final KeyStore store;
  private final TimeSource time;
  private final KeyLog log;

  Minting(KeyStore store, TimeSource time, KeyLog log) {
    this.store = store;
    this.time = time;
    this.log = log;
  }

  /** The name a key carries at the provider: {@code auto-renewed-alice-20260101_120000}. */
  static String name(Owner owner, TimeSource time) {
    return "auto-renewed-" + owner + "-" + STAMP.format(time.now());
  }

  /**
   * Makes the successor of {@code row} and stores it.
   *
   * @param row what the table holds now; null for an owner's first key
   * @return the stored key, or null if another process was faster
   * @throws ProvisioningException if there is no new key; the journal knows
   */
  @Nullable ManagedKey mint(Job job, @Nullable ManagedKey row, Attempt attempt)
      throws ProvisioningException {
    ProviderApi.Minted minted = ask(job.provider, attempt);
    if (!store.renewals().minted(attempt, minted.ref())) {
      return discard(job.provider, minted, "the lease ran out while the key was made");
    }
    test(job, minted, attempt);
    ManagedKey next =
        successor(job, row, minted.secret(), KeySource.AUTO_PROVISIONED)
            .providerRef(minted.ref())
            .expiresAt(minted.expiresAt())
            .lastRenewalAt(row == null ? null : time.now())
            .build();
    return activate(job, row, attempt, next)
        ? next
        : discard(job.provider, minted, "another process stored a key first");
  }

  /** Stores a key that an operator has put somewhere; false if another process was faster. */
  @Nullable ManagedKey adopt(Job job, ManagedKey row, Candidates.Candidate found, Attempt attempt) {
    ManagedKey next = successor(job, row, found.secret(), found.source()).build();
    store.renewals().minted(attempt, null);
    return activate(job, row, attempt, next) ? next : null;
  }

  private ManagedKey.Builder successor(
      Job job, @Nullable ManagedKey row, dev.latchkey.core.key.Secret secret, KeySource source) {
    ManagedKey.Builder next = ManagedKey.builder(job.id, job.provider.name(), job.owner);
    if (row != null) next.priority(row.priority()).createdAt(row.createdAt());
    else next.createdAt(time.now());
    return next.secret(secret).source(source).generation(row == null ? 1 : row.generation() + 1);
  }

  private boolean activate(Job job, @Nullable ManagedKey row, Attempt attempt, ManagedKey next) {
    String retired = row == null ? null : row.providerRef();
    return store.renewals().activate(attempt, next, retired, job.provider.renewal().grace());
  }

  private ProviderApi.Minted ask(Provider provider, Attempt attempt) throws ProvisioningException {
    try {
      return provider
          .api()
          .mint(new ProviderApi.MintRequest(attempt.mintName(), provider.renewal().lifetime()));
    } catch (ProvisioningException e) {
      String reason = String.valueOf(e.getMessage());
      if (e.isUncertain()) store.renewals().abandoned(attempt, reason);
      else store.renewals().failed(attempt, reason);
      throw e;
    }
  }

  /** A new key that the provider itself refuses is not put into service. */
  private void test(Job job, ProviderApi.Minted minted, Attempt attempt)
      throws ProvisioningException {
    if (!job.provider.api().canProbe()) return;
    Classification tested = job.provider.api().probe(minted.secret());
    if (tested.verdict() != Verdict.KEY_INVALID && tested.verdict() != Verdict.KEY_EXPIRED) return;
    String reason = "the provider refuses the key it has just made: " + tested.reason();
    store.renewals().abandoned(attempt, reason);
    throw ProvisioningException.uncertain(reason, null);
  }

  private @Nullable ManagedKey discard(
      Provider provider, ProviderApi.Minted minted, String reason) {
    String ref = minted.ref();
    if (ref == null || !provider.api().canRevoke()) return null;
    try {
      provider.api().revoke(ref);
    } catch (ProvisioningException e) {
      log.tell(
          KeyEvent.Type.RENEWAL_FAILED,
          provider.name(),
          Owner.POOL,
          reason + ", and the surplus key " + ref + " could not be revoked: " + e.getMessage());
    }
    return null;
  }
}
