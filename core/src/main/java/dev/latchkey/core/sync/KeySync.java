package dev.latchkey.core.sync;

import dev.latchkey.core.key.KeyEvent;
import dev.latchkey.core.key.KeyId;
import dev.latchkey.core.key.KeyLog;
import dev.latchkey.core.key.KeySource;
import dev.latchkey.core.key.KeyStatus;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.pool.KeyPool;
import dev.latchkey.core.pool.KeyRing;
import dev.latchkey.core.provider.Classification;
import dev.latchkey.core.provider.Provider;
import dev.latchkey.core.provider.Verdict;
import dev.latchkey.core.renewal.Candidates.Candidate;
import dev.latchkey.core.renewal.Renewal;
import dev.latchkey.core.renewal.Renewed;
import dev.latchkey.core.store.KeyStore;
import dev.latchkey.core.store.StoreException;
import dev.latchkey.core.time.TimeSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds an owner's key: the table wins; else the key file, else the environment, else provisioning
 * - and what was found is stored, where the table cannot be asked as soon as it can. A key of the
 * table is never overwritten here. Every method may block on I/O except where it returns a future.
 * Safe for use by many threads.
 */
public final class KeySync {
  /** The most disabled users of a pool; further ones are taken for enabled. */
  private static final int MOST_BARRED = 100_000;

  private final KeyStore store;
  private final KeyPool pool;
  private final KeySources sources;
  private final Renewal renewal;
  private final TimeSource time;
  private final KeyLog log;
  private final BooleanSupplier storeIsNew;
  private final UnstoredKeys unstored;

  private KeySync(
      KeyStore store,
      KeyPool pool,
      KeySources sources,
      Renewal renewal,
      TimeSource time,
      KeyLog log,
      BooleanSupplier storeIsNew) {
    this.store = store;
    this.pool = pool;
    this.sources = sources;
    this.renewal = renewal;
    this.time = time;
    this.log = log;
    this.storeIsNew = storeIsNew;
    unstored = new UnstoredKeys(store, pool, time, this::add, this::reload);
  }

  /**
   * A sync over these parts.
   *
   * @param storeIsNew whether nothing can be stored yet; then a key of the file or the environment
   *     serves at once and is stored by {@link #storeWhatServes}
   */
  public static KeySync create(
      KeyStore store,
      KeyPool pool,
      KeySources sources,
      Renewal renewal,
      TimeSource time,
      KeyLog log,
      BooleanSupplier storeIsNew) {
    return new KeySync(store, pool, sources, renewal, time, log, storeIsNew);
  }

  /**
   * Finds the key of an owner and puts it into memory.
   *
   * @param caller the owner who calls; of a pooled provider everybody gets the pool's keys
   * @return completes normally, with the result or what is wrong
   */
  public CompletableFuture<SyncResult> sync(Provider provider, Owner caller) {
    Owner owner = provider.pooled() ? Owner.POOL : caller;
    if (storeIsNew.getAsBoolean()) {
      SyncResult early = unstored(provider, owner, true, "the table is not made yet");
      if (early != null) return done(early);
    }
    List<ManagedKey> rows;
    try {
      rows = store.find(provider.name(), owner);
      if (provider.pooled()) loadBars(provider);
    } catch (StoreException e) {
      return done(withoutTable(provider, owner, String.valueOf(e.getMessage())));
    }
    if (provider.pooled() && pool.isBarred(provider.name(), caller)) {
      return done(SyncResult.none(disabled(caller, null)));
    }
    if (!rows.isEmpty()) return done(fromTable(provider, owner, rows));
    SyncResult stored = fromSources(provider, owner);
    return stored == null ? provision(provider, owner) : done(stored);
  }

  /**
   * {@link #sync}, and where asked a check with the provider's probe; a key found dead is renewed.
   */
  public CompletableFuture<SyncResult> ensure(Provider provider, Owner caller, boolean validate) {
    return sync(provider, caller)
        .thenCompose(
            found -> validate && found.isUsable() ? validate(provider, found) : done(found));
  }

  /** Reads who is kept out of a provider's pool. */
  public void loadBars(Provider provider) {
    pool.bar(provider.name(), store.disabledOwners(provider.name(), MOST_BARRED));
  }

  /**
   * Stores the keys that served while the table could not be asked; where it holds others by now,
   * those serve from here on. Does a part where there are many.
   *
   * @throws StoreException if the table still cannot be read; what was not stored is tried again
   */
  public void storeWhatServes() {
    unstored.store();
  }

  /**
   * Stores an owner's keys if they serve unstored: to be done before one of them is replaced.
   *
   * @throws StoreException if the table cannot be read, or does not take them
   */
  public void storeWhatServes(Provider provider, Owner owner) {
    unstored.store(provider, owner);
  }

  private void reload(Provider provider, Owner owner) {
    List<ManagedKey> rows = store.find(provider.name(), owner);
    if (!rows.isEmpty()) fromTable(provider, owner, rows);
  }

  private CompletableFuture<SyncResult> validate(Provider provider, SyncResult found) {
    ManagedKey key = found.key();
    if (key == null || key.secret() == null || !provider.api().canProbe()) return done(found);
    Classification probe = provider.api().probe(key.secret());
    if (probe.verdict() == Verdict.OK) return done(validated(found, key));
    if (!probe.verdict().refusesKey()) return done(SyncResult.unusable(key, probe.toString()));
    return renewal.refused(provider, key, probe.reason()).thenApply(next -> renewed(key, next));
  }

  private SyncResult validated(SyncResult found, ManagedKey key) {
    try {
      store.validated(key.id(), key.generation(), time.now());
    } catch (StoreException e) {
      return SyncResult.unsynced(key, String.valueOf(e.getMessage()));
    }
    return found;
  }

  private static SyncResult renewed(ManagedKey dead, Renewed next) {
    ManagedKey key = next.key();
    return key == null
        ? SyncResult.unusable(dead, next.reason())
        : SyncResult.synced(key, key.source());
  }

  private SyncResult fromTable(Provider provider, Owner owner, List<ManagedKey> rows) {
    KeyRing ring = pool.load(provider.name(), owner, rows, time.millis());
    ManagedKey key = ring.choose(time.millis());
    if (key == null) return outOfService(rows.get(0));
    if (!provider.pooled()) tellDifference(provider, owner, key);
    return key.usableAt(time.millis())
        ? SyncResult.synced(key, KeySource.DATABASE)
        : SyncResult.unusable(key, whyNot(key));
  }

  /** Calls go out without a key of ours from here on, so somebody has to be told why. */
  private SyncResult outOfService(ManagedKey key) {
    String reason = whyNot(key);
    if (key.isBar()) return SyncResult.none(reason);
    if (key.status() == KeyStatus.DISABLED) return SyncResult.unusable(key, reason);
    log.tell(KeyEvent.Type.DISABLED, key, "the table's key cannot serve: " + reason);
    return SyncResult.unusable(key, reason);
  }

  private static String whyNot(ManagedKey key) {
    if (key.fault() != null) return key.fault();
    if (key.status() == KeyStatus.DISABLED) return disabled(key.owner(), key.lastError());
    String error = key.lastError() == null ? "" : ": " + key.lastError();
    return "the key is " + key.status().text() + error;
  }

  private static String disabled(Owner owner, @Nullable String why) {
    return owner
        + " is disabled"
        + (why == null ? "" : " (" + why + ")")
        + " and gets no key; the command keys enable undoes it";
  }

  private void tellDifference(Provider provider, Owner owner, ManagedKey key) {
    for (Candidate found : sources.find(provider, owner)) {
      if (Objects.equals(found.secret(), key.secret())) continue;
      log.tell(
          KeyEvent.Type.LOADED,
          key,
          "the table's key is used; " + found.source().text() + " holds " + found.secret().mask());
    }
  }

  private SyncResult withoutTable(Provider provider, Owner owner, String error) {
    SyncResult serving = unstored(provider, owner, false, error);
    return serving == null ? SyncResult.tableDown(error) : serving;
  }

  /** Has the last known key serve, or what file or environment hold; null if there is none. */
  private @Nullable SyncResult unstored(
      Provider provider, Owner owner, boolean tableIsNew, String why) {
    KeyRing known = pool.ring(provider.name(), owner, time.millis());
    ManagedKey key = known == null ? null : known.choose(time.millis());
    if (key != null) return SyncResult.unsynced(key, why);
    List<ManagedKey> found = keys(provider, owner);
    return found.isEmpty() ? null : unstored(provider, owner, found, tableIsNew, why);
  }

  private SyncResult unstored(
      Provider provider, Owner owner, List<ManagedKey> found, boolean tableIsNew, String why) {
    unstored.note(provider, owner, found, tableIsNew);
    pool.load(provider.name(), owner, found, time.millis());
    return SyncResult.unsynced(found.get(0), why);
  }

  /** Stores what file or environment hold; null if they hold nothing. */
  private @Nullable SyncResult fromSources(Provider provider, Owner owner) {
    List<ManagedKey> found = keys(provider, owner);
    if (found.isEmpty()) return null;
    try {
      int added = 0;
      for (ManagedKey key : found) added += add(key) ? 1 : 0;
      List<ManagedKey> rows = store.find(provider.name(), owner);
      SyncResult stored = fromTable(provider, owner, rows.isEmpty() ? found : rows);
      return added == 0 ? stored : SyncResult.synced(found.get(0), found.get(0).source());
    } catch (StoreException e) {
      // The table held none when this began.
      return unstored(provider, owner, found, true, String.valueOf(e.getMessage()));
    }
  }

  private boolean add(ManagedKey key) {
    boolean added = store.add(key);
    if (added) log.tell(KeyEvent.Type.SYNCED, key, "from " + key.source().text());
    return added;
  }

  /** The keys of the first source that holds any, as rows to be. */
  private List<ManagedKey> keys(Provider provider, Owner owner) {
    List<ManagedKey> keys = new ArrayList<>();
    KeySource first = null;
    for (Candidate found : sources.find(provider, owner)) {
      if (first != null && (found.source() != first || !provider.pooled())) break;
      first = found.source();
      keys.add(row(provider, owner, found));
    }
    return keys;
  }

  private ManagedKey row(Provider provider, Owner owner, Candidate found) {
    KeyId id =
        provider.pooled()
            ? KeyId.pooled(provider.name(), found.secret())
            : KeyId.own(provider.name(), owner);
    return ManagedKey.builder(id, provider.name(), owner)
        .secret(found.secret())
        .source(found.source())
        .status(KeyStatus.ACTIVE)
        .createdAt(time.now())
        .build();
  }

  private CompletableFuture<SyncResult> provision(Provider provider, Owner owner) {
    return renewal.first(provider, owner).thenApply(made -> provisioned(provider, owner, made));
  }

  private SyncResult provisioned(Provider provider, Owner owner, Renewed made) {
    ManagedKey key = made.key();
    if (key == null) return SyncResult.none(nothingServed(provider, made.reason()));
    pool.load(provider.name(), owner, Collections.singletonList(key), time.millis());
    return SyncResult.synced(key, key.source());
  }

  /** Whoever has put a key into the file must hear first why it is not used. */
  private String nothingServed(Provider provider, String reason) {
    List<String> all = sources.refusals(provider);
    all.add(reason);
    return String.join("; ", all);
  }

  private static CompletableFuture<SyncResult> done(SyncResult result) {
    return CompletableFuture.completedFuture(result);
  }
}
