package dev.latchkey.filter.login;

import dev.latchkey.core.Latchkey;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.provider.Provider;
import dev.latchkey.core.sync.SyncResult;
import dev.latchkey.core.time.TimeSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The logins of late: those who come while one is under way, or soon after it, share it. At most so
 * many as are allowed are remembered; beyond that, some other is forgotten and would be synced once
 * more. Safe for use by many threads.
 */
public final class Logins {
  private final Latchkey latchkey;
  private final TimeSource time;
  private final int most;
  private final ConcurrentMap<Owner, Login> recent = new ConcurrentHashMap<>();

  private Logins(Latchkey latchkey, TimeSource time, int most) {
    this.latchkey = latchkey;
    this.time = time;
    this.most = most;
  }

  /** None yet, at most so many at a time. */
  public static Logins create(Latchkey latchkey, TimeSource time, int most) {
    return new Logins(latchkey, time, most);
  }

  /** The user's login: the one under way, a recent one, or a new one; never blocks. */
  public Login of(Owner user) {
    CompletableFuture<Map<String, Object>> sync = new CompletableFuture<>();
    Login mine = new Login(user, sync, time.nanoTime());
    if (recent.size() >= most) makeRoom();
    Login shared = recent.compute(user, (u, known) -> isFresh(known) ? known : mine);
    if (shared == mine) begin(user, sync);
    return shared;
  }

  private boolean isFresh(@Nullable Login known) {
    return known != null && known.isFresh(time.nanoTime());
  }

  /** The user has logged out: his next login is synced anew. */
  public void forget(Owner user) {
    recent.remove(user);
  }

  int size() {
    return recent.size();
  }

  private void begin(Owner user, CompletableFuture<Map<String, Object>> sync) {
    Map<String, CompletableFuture<SyncResult>> results = new LinkedHashMap<>();
    try {
      for (Provider provider : latchkey.providers()) {
        results.put(provider.name(), latchkey.sync(provider, user));
      }
    } catch (RuntimeException e) {
      sync.completeExceptionally(e);
      return;
    }
    CompletableFuture.allOf(results.values().toArray(new CompletableFuture<?>[0]))
        .whenComplete((done, fault) -> end(user, sync, results));
  }

  private static void end(
      Owner user,
      CompletableFuture<Map<String, Object>> sync,
      Map<String, CompletableFuture<SyncResult>> results) {
    try {
      Map<String, SyncResult> ended = new LinkedHashMap<>();
      results.forEach((provider, result) -> ended.put(provider, result.join()));
      sync.complete(KeyStatus.of(user, ended));
    } catch (RuntimeException e) {
      sync.completeExceptionally(e.getCause() == null ? e : e.getCause());
    }
  }

  private void makeRoom() {
    Iterator<Owner> some = recent.keySet().iterator();
    if (some.hasNext()) recent.remove(some.next());
  }
}
