package dev.latchkey.agent.client.jdk;

import dev.latchkey.agent.client.Adapter;
import dev.latchkey.agent.hop.GuardedCalls;
import dev.latchkey.core.call.OutboundCalls;
import dev.latchkey.core.call.Refusal;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import org.jspecify.annotations.Nullable;

/** Sorts what the hooks tell: the beginnings of calls, the life of their hops, what is written. */
public final class JdkAdapter implements Adapter {
  private final OutboundCalls calls;
  private final ThreadLocal<@Nullable JdkCall> beginning = new ThreadLocal<>();
  private final ThreadLocal<@Nullable JdkHop> redirecting = new ThreadLocal<>();
  private final ThreadLocal<@Nullable JdkHop> asked = new ThreadLocal<>();
  private final WeakIdentityMap<JdkHop> hops = new WeakIdentityMap<>();
  private final WeakIdentityMap<HttpHeaders> hidden = new WeakIdentityMap<>();

  /** By name. */
  public JdkAdapter(OutboundCalls calls) {
    this.calls = GuardedCalls.of(calls);
  }

  @Override
  public @Nullable Object enter(
      int hook, @Nullable Object self, @Nullable Object a, @Nullable Object b, @Nullable Object c)
      throws Exception {
    if (hook > JdkHooks.SEND_ASYNC_PUSH) return hop(hook, self, a, b, c);
    if (!(a instanceof HttpRequest) || b == null || b instanceof KeyHandler) return null;
    return call(hook, (HttpClient) self, (HttpRequest) a, (BodyHandler<?>) b, c);
  }

  private <T> @Nullable Object call(
      int hook,
      @Nullable HttpClient client,
      HttpRequest request,
      BodyHandler<T> handler,
      @Nullable Object push)
      throws Exception {
    JdkCall call = client == null ? null : JdkCall.of(calls, client, request);
    if (client == null || call == null) return null;
    @SuppressWarnings("unchecked") // The same T as the handler's, by the method that is hooked.
    PushPromiseHandler<T> pushed = (PushPromiseHandler<T>) push;
    Sender<T> sender = new Sender<>(client, handler, pushed, beginning);
    Refusal refusal = call.refusal();
    if (refusal != null) {
      RefusedResponse<T> refused = RefusedResponse.of(refusal, request, handler);
      return hook == JdkHooks.SEND ? refused.now() : refused.later(client);
    }
    return hook == JdkHooks.SEND ? sender.send(call) : sender.sendAsync(call);
  }

  private @Nullable Object hop(
      int hook, @Nullable Object self, @Nullable Object a, @Nullable Object b, @Nullable Object c) {
    switch (hook) {
      case JdkHooks.FIRST_HOP:
      case JdkHooks.FIRST_HOP_24:
        return begin(b);
      case JdkHooks.REDIRECTING:
      case JdkHooks.REDIRECTING_11:
        return redirecting(c);
      case JdkHooks.REDIRECTED:
      case JdkHooks.REDIRECTED_11:
        return redirected(a);
      case JdkHooks.AUTHENTICATED:
        return authenticated(a, b);
      case JdkHooks.ANSWER:
        return answer(a, c);
      case JdkHooks.ANSWER_HEADERS:
        return hidden.get(a);
      default:
        return written(hook, self, a, b);
    }
  }

  /** The key goes on here; what the application can read is not what is written. */
  private @Nullable Object written(
      int hook, @Nullable Object self, @Nullable Object a, @Nullable Object b) {
    switch (hook) {
      case JdkHooks.URI:
        // HTTP/1.1 makes its target from the hop's URI and asks for that on the same thread.
        if (!hops.isEmpty() || asked.get() != null) asked.set(hops.get(self));
        return null;
      case JdkHooks.TARGET:
        JdkHop hop = asked.get();
        return hop == null || a == null ? null : hop.target((String) a);
      case JdkHooks.PSEUDO_HEADERS:
        JdkHop stream = hops.get(b);
        return stream == null || a == null ? null : stream.pseudo((HttpHeaders) a);
      default:
        JdkHop sent = hops.get(self);
        return sent == null || a == null ? null : sent.headers((HttpHeaders) a);
    }
  }

  private @Nullable Object begin(@Nullable Object first) {
    JdkCall call = beginning.get();
    beginning.set(null);
    if (call != null && first != null) hops.put(first, call.firstHop());
    return null;
  }

  private @Nullable Object redirecting(@Nullable Object from) {
    JdkHop hop = hops.get(from);
    redirecting.set(hop);
    if (hop != null) hop.redirected();
    return null;
  }

  private @Nullable Object redirected(@Nullable Object to) {
    JdkHop from = redirecting.get();
    redirecting.set(null);
    if (from != null && to != null) hops.put(to, from.call().nextHop((HttpRequest) to));
    return null;
  }

  private @Nullable Object authenticated(@Nullable Object to, @Nullable Object from) {
    JdkHop hop = hops.get(from);
    if (hop == null || to == null) return null;
    hop.superseded();
    hops.put(to, hop.call().nextHop((HttpRequest) to));
    return null;
  }

  private @Nullable Object answer(@Nullable Object request, @Nullable Object headers) {
    JdkHop hop = hops.get(request);
    if (hop == null || headers == null) return null;
    HttpHeaders safe = hop.answered((HttpHeaders) headers);
    if (safe != headers) hidden.put(headers, safe);
    return null;
  }
}
