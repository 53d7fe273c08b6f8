package dev.latchkey.filter.login;

import dev.latchkey.core.key.Owner;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A login's sync, under way or done. Safe for use by many threads. */
public final class Login {
  private static final long READY_NANOS = TimeUnit.MINUTES.toNanos(5);
  private static final long NONE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Owner user;
  private final CompletableFuture<Map<String, Object>> sync;
  private final long begun;

  Login(Owner user, CompletableFuture<Map<String, Object>> sync, long nanoTime) {
    this.user = user;
    this.sync = sync;
    this.begun = nanoTime;
  }

  /** What became of the user's keys, or that it is not known yet after so long a wait. */
  public Map<String, Object> status(Duration wait) {
    try {
      return sync.get(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return KeyStatus.pending(user);
    } catch (ExecutionException e) {
      return KeyStatus.failed(user, "the sync failed: " + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return KeyStatus.pending(user);
    }
  }

  /** Whether it still says how things stand; a failure is worth another try soon. */
  boolean isFresh(long nanoTime) {
    if (!sync.isDone()) return nanoTime - begun < READY_NANOS;
    boolean ready = KeyStatus.isReady(status(Duration.ZERO));
    return nanoTime - begun < (ready ? READY_NANOS : NONE_NANOS);
  }
}
