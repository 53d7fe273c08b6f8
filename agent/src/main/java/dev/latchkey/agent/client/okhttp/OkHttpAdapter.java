package dev.latchkey.agent.client.okhttp;

import dev.latchkey.agent.client.Adapter;
import dev.latchkey.agent.hop.GuardedCalls;
import dev.latchkey.core.call.OutboundCalls;
import java.util.List;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Puts two interceptors into the calls that go to managed places. Where the JVM does not allow that
 * they are appended to every client's builder instead, which every call then pays for. A client
 * made from a client brings them along in its lists; they are moved to the end, so the
 * application's own never see the key and are not repeated by a replay.
 */
public final class OkHttpAdapter implements Adapter {
  private final ReplayInterceptor replays;
  private final Interceptor attaches;
  private final @Nullable Detour detour;
  private final Owners owners = new Owners();

  /** By name. */
  public OkHttpAdapter(OutboundCalls calls) {
    this(calls, Chains.areOpen());
  }

  OkHttpAdapter(OutboundCalls calls, boolean detours) {
    ThreadLocal<@Nullable Hops> current = new ThreadLocal<>();
    OutboundCalls guarded = GuardedCalls.of(calls);
    replays = new ReplayInterceptor(guarded, current, owners);
    attaches = new AttachInterceptor(guarded, current::get);
    detour = detours ? new Detour(guarded, replays) : null;
  }

  @Override
  public @Nullable Object enter(
      int hook, @Nullable Object self, @Nullable Object a, @Nullable Object b, @Nullable Object c)
      throws Exception {
    if (hook == OkHttpHooks.CLIENT) return built((OkHttpClient.Builder) a);
    if (hook == OkHttpHooks.ENQUEUE_3 || hook == OkHttpHooks.ENQUEUE) {
      if (self instanceof Call) owners.started((Call) self);
      return null;
    }
    if (detour == null || self == null || a == null) return null;
    return hook == OkHttpHooks.FOLLOW_UP
        ? detour.beforeCall((Interceptor) self, (Interceptor.Chain) a)
        : detour.beforeHop((Interceptor) self, (Interceptor.Chain) a);
  }

  private @Nullable Object built(OkHttpClient.@Nullable Builder builder) {
    if (detour != null || builder == null) return null;
    moveToEnd(replays, builder.interceptors());
    moveToEnd(attaches, builder.networkInterceptors());
    return null;
  }

  private static void moveToEnd(Interceptor ours, List<Interceptor> list) {
    if (!list.isEmpty() && list.get(list.size() - 1) == ours) return;
    list.removeIf(each -> each == ours);
    list.add(ours);
  }
}
