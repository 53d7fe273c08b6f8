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
 * server]}, and from then on {@code attaches} stands before {@code server}. At the first of these
 * places ours runs around the follow-up interceptor; at the second the list is {@code [theirs,
 * follow-up, (bridge), replays, follow-up, bridge, ..., attaches, server]} while the hop is under
 * way, and what stands in brackets is passed over.
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
    Onward below = isNear(chain.request()) ? followUps(followUp, chain) : null;
    return below == null ? null : RealFault.marked(() -> replays.around(below));
  }

  /** Before the interceptor that each hop runs through; null where it should run as it is. */
  @Nullable Response beforeHop(Interceptor bridge, Interceptor.Chain chain) throws Exception {
    Inserted ours = isNear(chain.request()) ? inserted(bridge, chain) : null;
    if (ours == null) return null;
    try {
      return RealFault.marked(() -> chain.proceed(chain.request()));
    } finally {
      ours.undo();
    }
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
  private @Nullable Onward followUps(Interceptor followUp, Interceptor.Chain chain) {
    try {
      if (!isToBeLed(chain)) return null;
      List<Interceptor> list = Chains.interceptors(chain);
      FollowUps below = new FollowUps(chain, followUp, list, Chains.index(chain));
      attachIn(list);
      return below;
    } catch (Throwable ours) {
      return null;
    }
  }

  private @Nullable Inserted inserted(Interceptor bridge, Interceptor.Chain chain) {
    try {
      if (!isToBeLed(chain)) return null;
      List<Interceptor> list = Chains.interceptors(chain);
      int next = Chains.index(chain);
      Interceptor followUp = list.get(next - 2);
      attachIn(list);
      return Inserted.at(list, next, replays, followUp, bridge);
    } catch (Throwable ours) {
      return null;
    }
  }

  private boolean isToBeLed(Interceptor.Chain chain) {
    return !replays.isAround(chain.call()) && isManaged(chain.request());
  }

  /** The application may send a call on twice, even in two threads: what is there stays. */
  private void attachIn(List<Interceptor> list) {
    int last = list.size() - 1;
    if (list.get(last - 1) != attaches) list.add(last, attaches);
  }
}
