package dev.latchkey.agent.client.okhttp;

import dev.latchkey.agent.client.RealFault;
import dev.latchkey.core.call.OutboundCalls;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Leads a call through our two interceptors once it is known to go to a managed place, and never
 * before: a call that does not, runs through the client's own and nothing else. Known, that is,
 * when it leaves the application's interceptors (they may have changed where it goes), or when a
 * redirect has led it there. At the first of these places the list of a call is {@code [theirs,
 * follow-up, bridge, ..., server]} and becomes {@code [theirs, (follow-up), replays, follow-up,
 * bridge, ..., attaches, server]}, at the second {@code [theirs, follow-up, (bridge), replays,
 * follow-up, bridge, ..., attaches, server]}; what stands in brackets is passed over.
 */
final class Detour {
  private final OutboundCalls calls;
  private final Interceptor replays;
  private final Interceptor attaches;

  Detour(OutboundCalls calls, Interceptor replays, Interceptor attaches) {
    this.calls = calls;
    this.replays = replays;
    this.attaches = attaches;
  }

  /** Before the interceptor that follows redirects; null where it should run as it is. */
  @Nullable Response beforeCall(Interceptor followUp, Interceptor.Chain chain) throws Exception {
    return isNear(chain.request()) && leads(chain, followUp, null) ? proceeds(chain) : null;
  }

  /** Before the interceptor that each hop runs through; null where it should run as it is. */
  @Nullable Response beforeHop(Interceptor bridge, Interceptor.Chain chain) throws Exception {
    return isNear(chain.request()) && leads(chain, null, bridge) ? proceeds(chain) : null;
  }

  private static Response proceeds(Interceptor.Chain chain) throws Exception {
    return RealFault.marked(() -> chain.proceed(chain.request()));
  }

  /** Asked of every call there is, so it allocates nothing. */
  private boolean isNear(Request request) {
    HttpUrl url = request.url();
    return calls.knows(url.scheme(), url.host(), url.port());
  }

  private boolean isManaged(Request request) {
    HttpUrl url = request.url();
    return calls.manages(url.scheme(), url.host(), url.port(), url.encodedPath())
        && !"websocket".equalsIgnoreCase(request.header("Upgrade"));
  }

  /** Whether the chain goes on into our own interceptors; puts them there if nobody has yet. */
  private boolean leads(
      Interceptor.Chain chain, @Nullable Interceptor followUp, @Nullable Interceptor bridge) {
    try {
      List<Interceptor> list = Chains.interceptors(chain);
      int next = Chains.index(chain);
      int ours = list.indexOf(replays);
      if (ours >= 0) return ours == next;
      if (!isManaged(chain.request())) return false;
      list.add(list.size() - 1, attaches);
      if (bridge != null) list.add(next, bridge);
      list.add(next, followUp == null ? list.get(next - 2) : followUp);
      list.add(next, replays);
      return true;
    } catch (Throwable ours) {
      return false;
    }
  }
}
