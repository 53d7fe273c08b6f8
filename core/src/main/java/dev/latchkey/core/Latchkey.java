package dev.latchkey.core;

import dev.latchkey.core.call.FrontDoor;
import dev.latchkey.core.call.OutboundCalls;
import dev.latchkey.core.config.Settings;
import dev.latchkey.core.key.KeyEvent;
import dev.latchkey.core.key.KeyLog;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.pool.KeyPool;
import dev.latchkey.core.pool.UsageMeter;
import dev.latchkey.core.provider.Provider;
import dev.latchkey.core.renewal.Janitor;
import dev.latchkey.core.renewal.Renewal;
import dev.latchkey.core.renewal.Renewed;
import dev.latchkey.core.store.GuardedStore;
import dev.latchkey.core.store.KeyStore;
import dev.latchkey.core.store.StoreException;
import dev.latchkey.core.sync.KeySources;
import dev.latchkey.core.sync.KeySync;
import dev.latchkey.core.sync.Outlook;
import dev.latchkey.core.sync.SyncResult;
import dev.latchkey.core.time.TimeSource;
import dev.latchkey.core.work.Heartbeat;
import dev.latchkey.core.work.Workers;
import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Latchkey at work: one of these in a process (the filter has its own). Opening it opens no
 * connection and starts one thread; the key table is opened by that thread, or by the first call
 * that needs it. Safe for use by many threads.
 */
public final class Latchkey implements Closeable {
  private static final int MOST_OF_ONE_OWNER = 10_000;

  private final List<Provider> providers;
  private final Workers workers = Workers.create();
  private final UsageMeter meter = UsageMeter.create();
  private final KeyLog log;
  private final KeyPool pool;
  private final GuardedStore store;
  private final Renewal renewal;
  private final KeySync sync;
  private final FrontDoor door;
  private final Housekeeping housekeeping;
  private final @Nullable Heartbeat heartbeat;

  private Latchkey(LatchkeyBuilder b) {
    providers = Collections.unmodifiableList(new ArrayList<>(b.providers));
    History history = new History();
    log = KeyLog.create(b.time, b.dryRun ? event -> {} : history);
    pool = KeyPool.create(b.maxOwners);
    store = GuardedStore.create(b.opener, b.snapshot, b.description, b.time, log);
    KeySources sources =
        KeySources.create(refusal -> LoggerFactory.getLogger("latchkey").warn("{}", refusal));
    Duration lease = Renewal.lease(b.longestProviderCall);
    renewal = Renewal.create(store, pool, sources, this::storeFirst, workers, b.time, log, lease);
    sync = KeySync.create(store, pool, sources, renewal, b.time, log, b.storeIsNew);
    door =
        FrontDoor.builder()
            .providers(providers)
            .defaultOwner(b.defaultOwner)
            .caller(b.caller)
            .dryRun(b.dryRun ? new Outlook(store, sources, b.storeIsNew, b.time) : null)
            .refusesDisabled(b.refusesDisabled)
            .patience(b.patience)
            .build(store, pool, sync, renewal, meter, workers, b.time, log);
    Janitor janitor = Janitor.create(store, b.time, log, lease);
    housekeeping =
        new Housekeeping(
            store,
            pool,
            meter,
            history,
            renewal,
            janitor,
            sync,
            providers,
            workers,
            b.time,
            door::sinceLastCall,
            b.storeIsNew);
    boolean keepsHouse = b.keepsHouse && !b.dryRun;
    Heartbeat beating = keepsHouse ? Heartbeat.start("latchkey-house-", housekeeping) : null;
    if (beating != null) housekeeping.wakeBy(beating::wake);
    heartbeat = beating;
  }

  /**
   * Opens one by its settings; returns at once, the key table is opened later. An embedded database
   * that is not there yet is made by the first call that needs it, or soon after the first call
   * that does not: one whose key is in a file or in the environment. One that was closed in order
   * is opened soon after the first call, whose key its last rows tell, or after ten seconds.
   *
   * @param caller tells who is calling on this thread; null for nobody
   */
  public static Latchkey open(
      Settings settings, TimeSource time, Supplier<@Nullable Owner> caller) {
    StoreOpener opener = opener(settings, time);
    return from(settings, time, opener, place(settings))
        .storeIsNew(opener::isNew)
        .snapshot(opener::snapshot)
        .caller(caller)
        .start();
  }

  /** Starts to put one together by its settings. */
  public static LatchkeyBuilder from(Settings settings, TimeSource time) {
    return from(settings, time, opener(settings, time), place(settings));
  }

  /** The same for a command: it does what it is told in a dry run, too, and keeps no house. */
  public static LatchkeyBuilder forCommand(Settings settings, TimeSource time) {
    return from(settings, time, StoreOpener.of(settings, time), place(settings))
        .dryRun(false)
        .keepsHouse(false);
  }

  private static StoreOpener opener(Settings settings, TimeSource time) {
    return settings.dryRun()
        ? StoreOpener.lookingOnly(settings, time)
        : StoreOpener.of(settings, time);
  }

  private static String place(Settings settings) {
    return settings.storeUrl().replaceAll("[?;].*", "");
  }

  /**
   * The same over a container's connections.
   *
   * @param connections a {@code javax.sql.DataSource}
   * @param name what people call it, such as its JNDI name
   */
  public static LatchkeyBuilder from(
      Settings settings, TimeSource time, Object connections, String name) {
    return from(settings, time, opener(settings, time).over(connections, name), name);
  }

  private static LatchkeyBuilder from(
      Settings settings, TimeSource time, StoreOpener opener, String description) {
    return over(opener, description)
        .providers(settings.providers())
        .time(time)
        .defaultOwner(settings.defaultOwner())
        .dryRun(settings.dryRun())
        .refusesDisabled(settings.refusesDisabled())
        .maxOwners(settings.maxOwners())
        .patience(settings.waiterTimeout())
        .longestProviderCall(settings.provisioningTimeout());
  }

  /** Starts to put one together over a store that {@code opener} opens when it is needed. */
  public static LatchkeyBuilder over(Supplier<KeyStore> opener, String description) {
    return new LatchkeyBuilder(opener, description);
  }

  static Latchkey of(LatchkeyBuilder builder) {
    return new Latchkey(builder);
  }

  /** The front door for adapters. */
  public OutboundCalls calls() {
    return door;
  }

  /** The providers in force. */
  public List<Provider> providers() {
    return providers;
  }

  /** The key table, behind its guard. */
  public KeyStore store() {
    return store;
  }

  /**
   * Has the housekeeping thread open the key table now rather than when the first call needs it, if
   * something was ever stored there. Takes no lock and loads no class: it may be called while the
   * application loads one.
   */
  public void callsAreNear() {
    housekeeping.callsAreNear();
    if (heartbeat != null) heartbeat.wake();
  }

  /** Finds an owner's key by the order database, key file, environment, provisioning. */
  public CompletableFuture<SyncResult> sync(Provider provider, Owner owner) {
    return ensure(provider, owner, false);
  }

  /** {@link #sync}, and where asked a check with the provider; a dead key is renewed. */
  public CompletableFuture<SyncResult> ensure(Provider provider, Owner owner, boolean validate) {
    return workers
        .submit(() -> sync.ensure(provider, owner, validate))
        .thenCompose(Function.identity());
  }

  private void storeFirst(Provider provider, Owner owner) {
    sync.storeWhatServes(provider, owner);
  }

  /** Replaces an owner's keys now, dead or not; the answer names the last one. */
  public CompletableFuture<Renewed> renew(Provider provider, Owner owner) {
    return workers
        .submit(() -> renewRows(provider, provider.pooled() ? Owner.POOL : owner))
        .thenCompose(Function.identity());
  }

  private CompletableFuture<Renewed> renewRows(Provider provider, Owner owner) {
    CompletableFuture<Renewed> last =
        CompletableFuture.completedFuture(
            Renewed.none("there is no key of " + owner + " to renew"));
    for (ManagedKey key : store.find(provider.name(), owner)) {
      last = last.thenCompose(before -> renewal.ordered(provider, key));
    }
    return last;
  }

  /**
   * Takes an owner out of service at a provider: he gets no key any more, and none is made for him.
   * Other processes know within about a second. Blocks on the table.
   *
   * @throws StoreException if the table cannot be written
   */
  public void disable(Provider provider, Owner owner) {
    store.disable(provider.name(), owner, "by an operator");
    store.find(provider.name(), owner).forEach(pool::update);
    log.tell(KeyEvent.Type.DISABLED, provider.name(), owner, "by an operator");
  }

  /**
   * Brings a disabled owner back. Blocks on the table.
   *
   * @return false if he was not disabled
   * @throws StoreException if the table cannot be written
   */
  public boolean enable(Provider provider, Owner owner) {
    if (!store.enable(provider.name(), owner)) return false;
    store.list(provider.name(), owner, MOST_OF_ONE_OWNER).forEach(pool::update);
    log.tell(KeyEvent.Type.RECOVERED, provider.name(), owner, "enabled by an operator");
    return true;
  }

  /** One beat of the housekeeping thread; returns in how many milliseconds the next one is due. */
  long beat() {
    return housekeeping.beat();
  }

  /** Does now what the housekeeping thread does from time to time: for tests and short lives. */
  void keepHouse() throws Exception {
    beat();
    housekeeping.cleaning().get(30, TimeUnit.SECONDS);
  }

  /** Writes what waits to be written, then lets go of threads and connections. */
  @Override
  public void close() {
    store.ending();
    if (heartbeat != null) heartbeat.close();
    try {
      housekeeping.flush();
    } catch (RuntimeException e) {
      // H2 may have closed itself already, in a shutdown hook of its own.
      LoggerFactory.getLogger("latchkey")
          .info("what was left to write was not written: {}", String.valueOf(e.getMessage()));
    } finally {
      workers.close();
      store.close();
    }
  }

  /** How long a call waits for a key where nothing else is said. */
  static final Duration PATIENCE = Duration.ofSeconds(15);
}
