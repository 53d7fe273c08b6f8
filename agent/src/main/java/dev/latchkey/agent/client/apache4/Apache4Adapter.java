package dev.latchkey.agent.client.apache4;

import dev.latchkey.agent.client.Adapter;
import dev.latchkey.agent.hop.GuardedCalls;
import dev.latchkey.core.call.OutboundCalls;
import org.apache.http.HttpRequest;
import org.apache.http.client.methods.HttpExecutionAware;
import org.apache.http.client.methods.HttpRequestWrapper;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.conn.routing.HttpRoute;
import org.apache.http.impl.execchain.ClientExecChain;
import org.jspecify.annotations.Nullable;

/** Puts {@link KeyExec} above the link that sends. */
public final class Apache4Adapter implements Adapter {
  private final OutboundCalls calls;
  private final ThreadLocal<@Nullable Object> inside = new ThreadLocal<>();

  /** By name. */
  public Apache4Adapter(OutboundCalls calls) {
    this.calls = GuardedCalls.of(calls);
  }

  @Override
  public @Nullable Object enter(
      int hook, @Nullable Object self, @Nullable Object a, @Nullable Object b, @Nullable Object c)
      throws Exception {
    if (hook == Apache4Hooks.MINIMAL) return minimal((ClientExecChain) self, a, b, c);
    return a == null || a instanceof KeyExec ? null : new KeyExec((ClientExecChain) a, calls);
  }

  private @Nullable Object minimal(
      @Nullable ClientExecChain sends,
      @Nullable Object route,
      @Nullable Object wrapped,
      @Nullable Object context)
      throws Exception {
    HttpRequestWrapper request = (HttpRequestWrapper) wrapped;
    if (sends == null || route == null || request == null || inside.get() == request) return null;
    inside.set(request);
    try {
      return new KeyExec(sends, calls)
          .ifManaged((HttpRoute) route, request, (HttpClientContext) context, aware(request));
    } finally {
      inside.set(null);
    }
  }

  /** The minimal client follows no redirects, so its request is what the application aborts. */
  private static @Nullable HttpExecutionAware aware(HttpRequestWrapper request) {
    HttpRequest original = request.getOriginal();
    return original instanceof HttpExecutionAware ? (HttpExecutionAware) original : null;
  }
}
