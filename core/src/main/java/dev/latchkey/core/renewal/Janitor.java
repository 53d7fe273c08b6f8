package dev.latchkey.core.renewal;

import dev.latchkey.core.key.KeyEvent;
import dev.latchkey.core.key.KeyLog;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.provider.Provider;
import dev.latchkey.core.provider.ProviderApi.RemoteKey;
import dev.latchkey.core.provider.ProvisioningException;
import dev.latchkey.core.store.KeyStore;
import dev.latchkey.core.store.RenewalJournal.Attempt;
import dev.latchkey.core.time.TimeSource;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cleans up at the provider, at the start and every now and then: revokes replaced keys whose grace
 * time is over, and orphans - keys that a crash between mint and store has left. Every process may
 * run one; the journal gives each piece of work to one of them at a time.
 */
public final class Janitor {
  private static final Logger LOG = LoggerFactory.getLogger("latchkey");
  private static final Duration LEASE = Duration.ofSeconds(20);
  private static final int AT_ONCE = 20;

  /** The most keys compared before a name alone is believed to be an orphan's. */
  private static final int MOST_KEYS = 200_000;

  private static final Duration EVENTS_LIVE = Duration.ofDays(90);
  private static final Duration ATTEMPTS_LIVE = Duration.ofDays(30);
  private static final Duration PRUNE_AFTER = Duration.ofHours(1);
  private static final int PRUNED_AT_ONCE = 500;
  private static final int MOST_STEPS = 40;

  private static final Duration AFTER_LEASE = Duration.ofSeconds(5);

  private final KeyStore store;
  private final TimeSource time;
  private final KeyLog log;

  /**
   * Two owners with the same first eight characters can mint under one name in one second; after
   * this time whatever both were doing has ended, one way or the other.
   */
  private final Duration settled;

  private volatile long prunedAt;

  private Janitor(KeyStore store, TimeSource time, KeyLog log, Duration settled) {
    this.store = store;
    this.time = time;
    this.log = log;
    this.settled = settled;
    prunedAt = time.nanoTime();
  }

  /**
   * A janitor for what this store's journal holds.
   *
   * @param renewalLease how long a renewal may be under way
   */
  public static Janitor create(KeyStore store, TimeSource time, KeyLog log, Duration renewalLease) {
    return new Janitor(store, time, log, renewalLease.plus(AFTER_LEASE));
  }

  /**
   * Cleans up for one provider; blocks for the provider's answers. Faults wait for the next time.
   */
  public void clean(Provider provider) {
    if (!provider.api().canRevoke()) return;
    for (Attempt due : store.renewals().claimRetired(provider.name(), LEASE, AT_ONCE)) {
      revokeRetired(provider, due);
    }
    for (Attempt orphan : store.renewals().claimOrphans(provider.name(), settled, LEASE, AT_ONCE)) {
      revokeOrphan(provider, orphan);
    }
  }

  /**
   * Forgets what is old, once an hour, in small steps: a process that starts looks after an hour
   * for the first time. Blocks on the table.
   */
  public void prune(List<Provider> providers) {
    long now = time.nanoTime();
    if (now - prunedAt < PRUNE_AFTER.toNanos()) return;
    prunedAt = now;
    inSteps(() -> store.pruneEvents(EVENTS_LIVE, PRUNED_AT_ONCE));
    for (Provider provider : providers) {
      inSteps(() -> store.renewals().prune(provider.name(), ATTEMPTS_LIVE, PRUNED_AT_ONCE));
    }
  }

  private static void inSteps(IntSupplier step) {
    int steps = 0;
    while (step.getAsInt() == PRUNED_AT_ONCE && ++steps < MOST_STEPS) {}
  }

  private void revokeRetired(Provider provider, Attempt due) {
    String ref = due.retiredRef();
    try {
      if (ref != null) provider.api().revoke(ref);
      store.renewals().done(due);
    } catch (ProvisioningException e) {
      LOG.warn("{}: the replaced key {} is not revoked yet: {}", due, ref, e.getMessage());
    }
  }

  private void revokeOrphan(Provider provider, Attempt orphan) {
    try {
      if (orphan.providerRef() != null) {
        revoke(provider, orphan, orphan.providerRef());
      } else {
        Set<String> known = knownRefs(provider);
        for (RemoteKey key : provider.api().findByName(orphan.mintName())) {
          if (!known.contains(key.ref())) revoke(provider, orphan, key.ref());
        }
      }
      store.renewals().cleaned(orphan);
    } catch (ProvisioningException e) {
      LOG.warn("{}: what it may have left is not revoked yet: {}", orphan, e.getMessage());
    }
  }

  private void revoke(Provider provider, Attempt orphan, String ref) throws ProvisioningException {
    provider.api().revoke(ref);
    log.tell(
        KeyEvent.Type.RECOVERED,
        provider.name(),
        orphan.owner(),
        "revoked the orphan " + orphan.mintName() + " that an interrupted renewal had left");
  }

  private Set<String> knownRefs(Provider provider) {
    Set<String> refs = new HashSet<>();
    for (ManagedKey key : store.list(provider.name(), null, MOST_KEYS)) {
      if (key.providerRef() != null) refs.add(key.providerRef());
    }
    return refs;
  }
}
