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
 * server]}; from then on a network interceptor of ours stands before {@code server}, and {@link
 * ReplayInterceptor} runs around the follow-up interceptor, or around the bridge for one hop.
 */
final class Detour {
  private final OutboundCalls calls;
  private final ReplayInterceptor replays;

  Detour(OutboundCalls calls, ReplayInterceptor replays) {
    this.calls = calls;
    this.replays = replays;
  }

  /** Before the interceptor that follows redirects; null where it should run as it is. */
  @Nullable Response beforeCall(Interceptor followUp, Interceptor.Chain chain) throws Exception {
    Hops hops = isNear(chain.request()) ? entered(chain) : null;
    if (hops == null) return null;
    return RealFault.marked(() -> replays.around(new FollowUps(chain, followUp), hops));
  }

  /** Before the interceptor that each hop runs through; null where it should run as it is. */
  @Nullable Response beforeHop(Interceptor bridge, Interceptor.Chain chain) throws Exception {
    Hops hops = isNear(chain.request()) ? entered(chain) : null;
    return hops == null ? null : RealFault.marked(() -> replays.hop(bridge, chain, hops));
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

  /** Null where the call is led through ours already, and where it is not to be. */
  private @Nullable Hops entered(Interceptor.Chain chain) {
    try {
      List<Interceptor> list = Chains.interceptors(chain);
      int last = list.size() - 1;
      Interceptor before = list.get(last - 1);
      Hops known = before instanceof AttachInterceptor ? ((AttachInterceptor) before).hops() : null;
      if (known != null && known.areUnderWay() || !isManaged(chain.request())) return null;
      Hops hops = replays.hops(chain, known);
      AttachInterceptor attaches = new AttachInterceptor(calls, hops);
      // Never taken out: the application may send the call on again while it is under way.
      if (known == null) list.add(last, attaches);
      else list.set(last - 1, attaches);
      return hops;
    } catch (Throwable ours) {
      return null;
    }
  }
}
