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
 * Appends two interceptors to every client's builder. A client made from a client brings them along
 * in its lists; they are moved to the end, so the application's own never see the key and are not
 * repeated by a replay.
 */
public final class OkHttpAdapter implements Adapter {
  private final Interceptor replays;
  private final Interceptor attaches;
  private final Owners owners = new Owners();

  /** By name. */
  public OkHttpAdapter(OutboundCalls calls) {
    ThreadLocal<@Nullable Hops> current = new ThreadLocal<>();
    OutboundCalls guarded = GuardedCalls.of(calls);
    replays = new ReplayInterceptor(guarded, current, owners);
    attaches = new AttachInterceptor(guarded, current);
  }

  @Override
  public @Nullable Object enter(
      int hook, @Nullable Object self, @Nullable Object a, @Nullable Object b, @Nullable Object c) {
    if (hook != OkHttpHooks.CLIENT) {
      if (self instanceof Call) owners.started((Call) self);
      return null;
    }
    if (a == null) return null;
    OkHttpClient.Builder builder = (OkHttpClient.Builder) a;
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
