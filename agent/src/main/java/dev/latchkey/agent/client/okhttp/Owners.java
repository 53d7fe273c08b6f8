package dev.latchkey.agent.client.okhttp;

import dev.latchkey.agent.hop.Caller;
import dev.latchkey.core.key.Owner;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/**
 * Who started an asynchronous call: it is sent on a thread of the client's, where nobody is
 * calling. Costs nothing while no owner is ever named. Safe for use by many threads.
 */
final class Owners {
  private final Map<Call, Owner> byCall = Collections.synchronizedMap(new WeakHashMap<>());
  private volatile boolean used;

  /** The call is started on this thread. */
  void started(Call call) {
    Owner owner = Caller.owner();
    if (owner == null) return;
    byCall.put(call, owner);
    used = true;
  }

  /** Who started the call on another thread; null for the one who is calling on this one. */
  @Nullable Owner of(Call call) {
    return used ? byCall.get(call) : null;
  }
}
