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
 * redirect has led it there. The list of a call is {@code [theirs, follow-up, bridge, ...,
 * server]}. At the first of these places ours runs around the follow-up interceptor, and the list
 * is {@code [theirs, follow-up, bridge, ..., attaches, server]} meanwhile; at the second it becomes
 * {@code [theirs, follow-up, (bridge), replays, follow-up, bridge, ..., attaches, server]}; what
 * stands in brackets is passed over.
 */
final class Detour {
  private final OutboundCalls calls;
  private final ReplayInterceptor replays;
  private final Interceptor attaches;

  Detour(OutboundCalls calls, ReplayInterceptor replays, Interceptor attaches) {
    this.calls = calls;
    this.replays = replays;
    this.attaches = attaches;
  }

  /** Before the interceptor that follows redirects; null where it should run as it is. */
  @Nullable Response beforeCall(Interceptor followUp, Interceptor.Chain chain) throws Exception {
    FollowUps below = isNear(chain.request()) ? entered(followUp, chain) : null;
    return below == null ? null : RealFault.marked(() -> below.through(replays));
  }

  /** Before the interceptor that each hop runs through; null where it should run as it is. */
  @Nullable Response beforeHop(Interceptor bridge, Interceptor.Chain chain) throws Exception {
    return isNear(chain.request()) && leads(chain, bridge) ? proceeds(chain) : null;
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

  private boolean isIn(List<Interceptor> list) {
    return list.get(list.size() - 2) == attaches;
  }

  /** Null where the call is led through ours already, and where it is not to be. */
  private @Nullable FollowUps entered(Interceptor followUp, Interceptor.Chain chain) {
    try {
      List<Interceptor> list = Chains.interceptors(chain);
      if (isIn(list) || !isManaged(chain.request())) return null;
      FollowUps below = new FollowUps(chain, followUp, list, Chains.index(chain));
      list.add(list.size() - 1, attaches);
      return below;
    } catch (Throwable ours) {
      return null;
    }
  }

  /** Whether the chain goes on into our own interceptors; puts them there if nobody has yet. */
  private boolean leads(Interceptor.Chain chain, Interceptor bridge) {
    try {
      List<Interceptor> list = Chains.interceptors(chain);
      int next = Chains.index(chain);
      if (isIn(list)) return list.get(next) == replays;
      if (!isManaged(chain.request())) return false;
      list.add(list.size() - 1, attaches);
      list.add(next, bridge);
      list.add(next, list.get(next - 2));
      list.add(next, replays);
      return true;
    } catch (Throwable ours) {
      return false;
    }
  }
}
