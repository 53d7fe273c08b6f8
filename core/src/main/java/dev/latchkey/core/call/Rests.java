package dev.latchkey.core.call;

import dev.latchkey.core.key.KeyEvent;
import dev.latchkey.core.key.KeyStatus;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.pool.KeyPool;
import dev.latchkey.core.pool.KeyRing;
import dev.latchkey.core.provider.Provider;
import dev.latchkey.core.provider.Verdict;
import dev.latchkey.core.store.KeyStore;
import dev.latchkey.core.time.TimeSource;
import dev.latchkey.core.work.Workers;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lays spent and throttled keys to rest, in memory at once and in the table soon after. */
final class Rests {
  /** A throttled key whose answer names no time. */
  private static final Duration SHORT = Duration.ofSeconds(30);

  private final KeyStore store;
  private final KeyPool pool;
  private final Workers workers;
  private final TimeSource time;
  private final Reports reports;

  Rests(KeyStore store, KeyPool pool, Workers workers, TimeSource time, Reports reports) {
    this.store = store;
    this.pool = pool;
    this.workers = workers;
    this.time = time;
    this.reports = reports;
  }

  /** Lays the call's key to rest; true if a spare one can serve. */
  boolean rest(LiveCall call) {
    boolean throttled = call.answer().verdict() == Verdict.RATE_LIMITED;
    KeyStatus status = throttled ? KeyStatus.COOLING : KeyStatus.EXHAUSTED;
    Instant until = call.answer().retryAt();
    if (until == null && throttled) until = time.now().plus(SHORT);
    String reason = call.answer().reason();
    if (isNews(call, status, until)) {
      mark(call.key(), status, until, reason);
      KeyEvent.Type type = throttled ? KeyEvent.Type.COOLING : KeyEvent.Type.EXHAUSTED;
      reports.tell(type, call.key(), reason + (until == null ? "" : ", until " + until));
    }
    return spare(call) != null;
  }

  /** Another key that may serve this call now; null if there is none. */
  @Nullable ManagedKey spare(LiveCall call) {
    KeyRing ring = ring(call);
    return ring == null ? null : ring.spare(time.millis(), call.key());
  }

  /** A key that was chosen although it rested, and served: its rest is over. */
  void worked(ManagedKey key) {
    if (key.status() == KeyStatus.ACTIVE) return;
    mark(key, KeyStatus.ACTIVE, null, null);
    reports.tell(KeyEvent.Type.RECOVERED, key, "it serves again");
  }

  /** Not while a rest that lasts at least as long is noted already. */
  private boolean isNews(LiveCall call, KeyStatus status, @Nullable Instant until) {
    KeyRing ring = ring(call);
    ManagedKey known = ring == null ? null : ring.same(call.key());
    if (known == null || known.generation() != call.key().generation()) return false;
    if (!Objects.equals(known.secret(), call.key().secret())) return false;
    if (known.status() != status) return true;
    Instant noted = known.cooldownUntil();
    return until != null && noted != null && until.isAfter(noted);
  }

  private void mark(
      ManagedKey key, KeyStatus status, @Nullable Instant until, @Nullable String reason) {
    pool.update(key.toBuilder().status(status).cooldownUntil(until).lastError(reason).build());
    workers.submit(() -> store.mark(key.id(), key.generation(), status, until, reason));
  }

  private @Nullable KeyRing ring(LiveCall call) {
    Provider provider = call.provider();
    Owner holder = provider.pooled() ? Owner.POOL : call.caller();
    return pool.ring(provider.name(), holder, time.millis());
  }
}
