package dev.latchkey.core.call;

import dev.latchkey.core.key.KeyEvent;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.pool.KeyPool;
import dev.latchkey.core.pool.KeyRing;
import dev.latchkey.core.pool.UsageMeter;
import dev.latchkey.core.provider.Attachment;
import dev.latchkey.core.provider.Provider;
import dev.latchkey.core.provider.Verdict;
import dev.latchkey.core.renewal.Renewal;
import dev.latchkey.core.renewal.Renewed;
import dev.latchkey.core.time.TimeSource;
import dev.latchkey.core.work.Workers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The front door's own house: chooses keys, judges answers, gets other keys. */
public final class FrontDoor implements OutboundCalls {
  private static final Logger LOG = LoggerFactory.getLogger("latchkey");

  private static final int THROTTLED = 429;
  private static final Duration NEVER = Duration.ofDays(365);

  private final Provider[] providers;
  private final KeyPool pool;
  private final KeyLoader loader;
  private final Renewal renewal;
  private final Rests rests;
  private final UsageMeter meter;
  private final Workers workers;
  private final TimeSource time;
  private final Reports reports;
  private final Owner defaultOwner;
  private final Supplier<@Nullable Owner> caller;
  private final @Nullable DryRun dryRun;
  private final boolean refuses;
  private final Duration patience;
  private volatile long lastCall;
  private volatile long notedAt = -1;

  FrontDoor(
      FrontDoorBuilder settings,
      KeyPool pool,
      KeyLoader loader,
      Renewal renewal,
      Rests rests,
      @Nullable DryRun dryRun,
      UsageMeter meter,
      Workers workers,
      TimeSource time,
      Reports reports) {
    providers = settings.providers.toArray(new Provider[0]);
    defaultOwner = settings.defaultOwner;
    caller = settings.caller;
    refuses = settings.refusesDisabled && dryRun == null;
    patience = settings.patience;
    this.pool = pool;
    this.loader = loader;
    this.renewal = renewal;
    this.rests = rests;
    this.dryRun = dryRun;
    this.meter = meter;
    this.workers = workers;
    this.time = time;
    this.reports = reports;
    lastCall = time.nanoTime() - NEVER.toNanos();
  }

  @Override
  public boolean manages(String scheme, String host, int port, String path) {
    try {
      return find(scheme, host, port, path) != null;
    } catch (Throwable t) {
      warn(t);
      return false;
    }
  }

  @Override
  public boolean knows(String scheme, String host, int port) {
    for (Provider p : providers) if (p.isAt(scheme, host, port)) return true;
    return false;
  }

  @Override
  public boolean refuses() {
    return refuses;
  }

  @Override
  public @Nullable KeyedCall open(OutboundRequest request, @Nullable Owner owner) {
    try {
      return opened(request, owner);
    } catch (Throwable t) {
      warn(t);
      return null;
    }
  }

  /** How long ago the last managed call began; a year where there was none. */
  public Duration sinceLastCall() {
    return Duration.ofNanos(time.nanoTime() - lastCall);
  }

  private @Nullable Provider find(String scheme, String host, int port, String path) {
    for (Provider p : providers) if (p.manages(scheme, host, port, path)) return p;
    return null;
  }

  private @Nullable KeyedCall opened(OutboundRequest request, @Nullable Owner given) {
    Provider provider = find(request.scheme(), request.host(), request.port(), request.path());
    if (provider == null || mustStay(provider.attachment(), request)) return null;
    long now = time.millis(); // Read once: a look at the clock is a tenth of what we do here.
    noteCall(now);
    Owner owner = given != null ? given : callerOnThisThread();
    if (dryRun != null) return dryRun.tell(provider, owner);
    KeyRing ring = ring(provider, owner, now);
    if (isDisabled(provider, owner, ring)) return disabled(provider, owner);
    ManagedKey key = ring == null ? null : ring.choose(now);
    return key == null ? null : new LiveCall(this, provider, owner, key, false);
  }

  /** Once a millisecond: all callers write to the same place, and read a second clock for it. */
  private void noteCall(long now) {
    if (now == notedAt) return;
    notedAt = now;
    lastCall = time.nanoTime();
  }

  private static boolean mustStay(Attachment attachment, OutboundRequest request) {
    if (!attachment.onlyWhenAbsent()) return false;
    String header = attachment.headerName();
    return header != null && request.header(header) != null
        || QueryText.value(request.query(), attachment.queryName()) != null;
  }

  private Owner callerOnThisThread() {
    Owner owner = caller.get();
    return owner == null ? defaultOwner : owner;
  }

  private @Nullable KeyRing ring(Provider provider, Owner owner, long now) {
    Owner holder = provider.pooled() ? Owner.POOL : owner;
    KeyRing ring = pool.ring(provider.name(), holder, now);
    return ring == null || ring.isEmpty() ? loader.load(provider, holder) : ring;
  }

  private boolean isDisabled(Provider provider, Owner owner, @Nullable KeyRing ring) {
    return ring != null && ring.isDisabled()
        || provider.pooled() && pool.isBarred(provider.name(), owner);
  }

  private @Nullable KeyedCall disabled(Provider provider, Owner owner) {
    String how = refuses ? "are answered 403" : "go out as the application made them";
    reports.tell(KeyEvent.Type.DISABLED, provider.name(), owner, "disabled: the calls " + how);
    return refuses ? RefusedCall.ofDisabled() : null;
  }

  /** What an answer means for its key; true if another key may save the call. */
  boolean judge(LiveCall call, int status, Instant now) {
    Verdict verdict = call.answer().verdict();
    count(call, verdict == Verdict.OK, now);
    if (verdict == Verdict.OK) rests.worked(call.key());
    if (verdict.restsKey()) return rests.rest(call) && !call.isReplay();
    if (verdict == Verdict.TRANSIENT && status == THROTTLED) tellOfOthers(call);
    if (!verdict.refusesKey()) return false;
    reports.tell(KeyEvent.Type.REJECTED, call.key(), call.answer().reason());
    if (!call.isReplay()) return true;
    reports.tell(KeyEvent.Type.NOT_REPLAYED, call.key(), "it was sent twice already");
    return false;
  }

  /** Once for all keys, which it is not about; a line on one of them would hide its own. */
  private void tellOfOthers(LiveCall call) {
    String reason = call.answer().reason() + ": no key is to blame, and no other would help";
    reports.tell(KeyEvent.Type.NOT_REPLAYED, call.provider().name(), Owner.POOL, reason);
  }

  void count(LiveCall call, boolean success, Instant now) {
    Provider provider = call.provider();
    meter.count(call.key(), call.caller(), provider.quotaClock().day(now), now, success);
  }

  CompletableFuture<@Nullable KeyedCall> anotherKey(LiveCall call, boolean repeatable) {
    ManagedKey spare = rests.spare(call);
    boolean dead = call.answer().verdict().refusesKey();
    CompletableFuture<Renewed> renewed =
        dead
            ? renewal.refused(call.provider(), call.key(), call.answer().reason())
            : CompletableFuture.completedFuture(Renewed.none("there is no spare key"));
    if (!repeatable) return notReplayed(call, "its body cannot be sent again");
    if (spare != null) {
      return CompletableFuture.completedFuture(call.with(spare, call.answer().reason()));
    }
    return workers
        .within(renewed, patience, Renewed.none("no key within " + patience.getSeconds() + " s"))
        .thenCompose(end -> afterRenewal(call, end));
  }

  private CompletableFuture<@Nullable KeyedCall> afterRenewal(LiveCall call, Renewed end) {
    ManagedKey next = end.key();
    return next == null || next.secret() == null
        ? notReplayed(call, end.reason())
        : CompletableFuture.completedFuture(call.with(next, end.reason()));
  }

  private CompletableFuture<@Nullable KeyedCall> notReplayed(LiveCall call, String reason) {
    reports.tell(KeyEvent.Type.NOT_REPLAYED, call.key(), reason);
    return CompletableFuture.completedFuture(null);
  }

  /** Waits on the application's thread; the future itself is bounded, this only makes sure. */
  @Nullable KeyedCall await(CompletableFuture<@Nullable KeyedCall> future)
      throws ExecutionException, TimeoutException {
    try {
      return future.get(patience.toMillis() + 1_000, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /** To the millisecond, which is read faster than the whole. */
  Instant now() {
    return Instant.ofEpochMilli(time.millis());
  }

  Reports reports() {
    return reports;
  }

  /** Law 1: whatever goes wrong here, the application's call goes on as if we were not there. */
  <T> T safely(Callable<T> ours, T otherwise) {
    T result = safelyOrNull(ours);
    return result == null ? otherwise : result;
  }

  /** The same where there may be nothing. */
  <T> @Nullable T safelyOrNull(Callable<T> ours) {
    try {
      return ours.call();
    } catch (Throwable t) {
      warn(t);
      return null;
    }
  }

  /** Tells of a fault of ours; nothing can go wrong here. */
  static void warn(Throwable t) {
    try {
      LOG.warn("a fault of ours left the call as the application made it: {}", t.toString());
    } catch (Throwable ignored) {
      // Nothing is left that could be done, and the call must go on.
    }
  }

  /** Starts a front door; every part must be given. */
  public static FrontDoorBuilder builder() {
    return new FrontDoorBuilder();
  }
}
