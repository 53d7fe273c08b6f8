package dev.latchkey.core;

import dev.latchkey.core.key.KeyEvent;
import dev.latchkey.core.key.KeyStatus;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.pool.KeyPool;
import dev.latchkey.core.pool.UsageMeter;
import dev.latchkey.core.provider.Provider;
import dev.latchkey.core.renewal.Expiry;
import dev.latchkey.core.renewal.Janitor;
import dev.latchkey.core.renewal.Renewal;
import dev.latchkey.core.store.Changes;
import dev.latchkey.core.store.GuardedStore;
import dev.latchkey.core.store.StoreException;
import dev.latchkey.core.store.Usage;
import dev.latchkey.core.sync.KeySync;
import dev.latchkey.core.time.TimeSource;
import dev.latchkey.core.work.Heartbeat;
import dev.latchkey.core.work.Workers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is done again and again, on one thread: read what other processes changed (twice a second
 * while calls are made), write what was counted and what happened, and every ten seconds renew what
 * expires soon and clean up at the providers. Without calls it leaves the table alone, but for a
 * round every ten minutes: an idle process holds no connection, and makes no embedded database.
 */
final class Housekeeping implements Heartbeat.Task {
  private static final long BEAT_MILLIS = 500;
  private static final Duration IDLE = Duration.ofSeconds(10);
  private static final Duration ROUND = Duration.ofSeconds(10);
  private static final Duration IDLE_ROUND = Duration.ofMinutes(10);

  /** An application that is starting has better things to do, unless its calls are near. */
  private static final Duration START = Duration.ofSeconds(10);

  private static final int EVENTS_AT_ONCE = 500;

  /** Rows that wait for a table that is gone; beyond it, counts of that time are lost. */
  private static final int MOST_COUNTS = 100_000;

  private final GuardedStore store;
  private final KeyPool pool;
  private final UsageMeter meter;
  private final History history;
  private final Renewal renewal;
  private final Janitor janitor;
  private final KeySync sync;
  private final List<Provider> providers;
  private final Workers workers;
  private final TimeSource time;
  private final Supplier<Duration> sinceLastCall;
  private final BooleanSupplier storeIsNew;
  private final double jitter = ThreadLocalRandom.current().nextDouble(-1, 1);
  private final Queue<Usage> counted = new ConcurrentLinkedQueue<>();
  private CompletableFuture<Boolean> cleaning = CompletableFuture.completedFuture(true);
  private final AtomicBoolean told = new AtomicBoolean();
  private volatile Runnable wake = () -> {};
  private volatile boolean callsAreNear;
  private boolean listening;
  private boolean leftRoom;
  private @Nullable String cursor;
  private @Nullable Long lastRound;
  private final long started;

  Housekeeping(
      GuardedStore store,
      KeyPool pool,
      UsageMeter meter,
      History history,
      Renewal renewal,
      Janitor janitor,
      KeySync sync,
      List<Provider> providers,
      Workers workers,
      TimeSource time,
      Supplier<Duration> sinceLastCall,
      BooleanSupplier storeIsNew) {
    this.store = store;
    this.pool = pool;
    this.meter = meter;
    this.history = history;
    this.renewal = renewal;
    this.janitor = janitor;
    this.sync = sync;
    this.providers = providers;
    this.workers = workers;
    this.time = time;
    this.sinceLastCall = sinceLastCall;
    this.storeIsNew = storeIsNew;
    started = time.nanoTime();
  }

  /** What to do when the table tells of a change: beat at once. */
  void wakeBy(Runnable value) {
    wake = value;
  }

  /** Opens the table at the next beat if the first call would have to wait for it. */
  void callsAreNear() {
    callsAreNear = true;
  }

  @Override
  public long beat() {
    if (callsAreNear) return opened();
    boolean idle = sinceLastCall.get().compareTo(IDLE) > 0;
    if (idle && hasNothingToDo()) return BEAT_MILLIS;
    if (isFirstCallUnderWay()) return 2 * BEAT_MILLIS;
    try {
      if (!listening) listen();
      if (told.getAndSet(false) || !idle) follow();
      flush();
      if (isRoundDue(idle ? IDLE_ROUND : ROUND)) round();
    } catch (StoreException e) {
      // The guarded store has told of it, and the next beat tries again.
    }
    return BEAT_MILLIS;
  }

  private boolean hasNothingToDo() {
    return time.nanoTime() - started < START.toNanos() || storeIsNew.getAsBoolean();
  }

  /** A first call whose key may be at hand is not slowed down by the opening of a table. */
  private boolean isFirstCallUnderWay() {
    if (leftRoom || !firstCallNeedsNoTable()) return false;
    leftRoom = true;
    return true;
  }

  private boolean firstCallNeedsNoTable() {
    return storeIsNew.getAsBoolean() || store.isForeknown();
  }

  /** Leaves all else to the next beat: the first call has begun by now, and comes first. */
  private long opened() {
    callsAreNear = false;
    // Most who load a client never call a managed place, and a table says that somebody did.
    if (firstCallNeedsNoTable()) return BEAT_MILLIS;
    try {
      store.schema();
    } catch (StoreException e) {
      // The guarded store has told of it, and the first call tries again.
    }
    return 2 * BEAT_MILLIS;
  }

  private void listen() {
    store.listen(
        () -> {
          told.set(true);
          wake.run();
        });
    listening = true;
  }

  /** The clean-up at the providers that was started last. */
  CompletableFuture<Boolean> cleaning() {
    return cleaning;
  }

  /** Takes over what other processes changed. */
  void follow() {
    Changes changes = store.changes(cursor);
    // After the first cursor, so that nobody who is disabled in between is overlooked.
    if (cursor == null) providers.stream().filter(Provider::pooled).forEach(sync::loadBars);
    cursor = changes.cursor();
    changes.keys().forEach(pool::update);
  }

  /** Writes what waits; what could not be written waits on. */
  void flush() {
    sync.storeWhatServes(); // First, so that counts find the rows of these keys.
    counted.addAll(meter.drain());
    flushCounts();
    flushEvents();
  }

  private void flushCounts() {
    List<Usage> batch = new ArrayList<>();
    for (Usage usage = counted.poll(); usage != null; usage = counted.poll()) batch.add(usage);
    if (batch.isEmpty()) return;
    try {
      store.count(batch);
    } catch (StoreException e) {
      if (batch.size() < MOST_COUNTS) counted.addAll(batch);
      throw e;
    }
  }

  private void flushEvents() {
    List<KeyEvent> events = history.take(EVENTS_AT_ONCE);
    if (events.isEmpty()) return;
    try {
      store.append(events);
    } catch (StoreException e) {
      history.putBack(events);
      throw e;
    }
  }

  private boolean isRoundDue(Duration every) {
    long now = time.nanoTime();
    if (lastRound != null && now - lastRound < every.toNanos()) return false;
    lastRound = now;
    return true;
  }

  private void round() {
    for (Provider provider : providers) {
      pool.forEach(provider.name(), key -> renewIfDue(provider, key));
    }
    if (cleaning.isDone()) cleaning = workers.submit(this::clean);
  }

  private void renewIfDue(Provider provider, ManagedKey key) {
    boolean serves = key.status() == KeyStatus.ACTIVE && provider.api().canMint();
    if (serves && Expiry.isDue(key, time.now(), jitter)) renewal.expiring(provider, key);
  }

  private boolean clean() {
    providers.forEach(janitor::clean);
    janitor.prune(providers);
    return true;
  }
}
