package dev.latchkey.agent.client.apache5;

import dev.latchkey.agent.client.Adapter;
import dev.latchkey.agent.hop.GuardedCalls;
import dev.latchkey.agent.hop.RawTarget;
import dev.latchkey.core.call.KeyedCall;
import dev.latchkey.core.call.OutboundCalls;
import dev.latchkey.core.call.Refusal;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Runs the hooked method itself, twice where it must; null leaves it to run as it was called. */
public final class Apache5Adapter implements Adapter {
  private final OutboundCalls calls;
  private final ThreadLocal<@Nullable Object> inside = new ThreadLocal<>();

  /** By name. */
  public Apache5Adapter(OutboundCalls calls) {
    this.calls = GuardedCalls.of(calls);
  }

  @Override
  public @Nullable Object enter(
      int hook, @Nullable Object self, @Nullable Object a, @Nullable Object b, @Nullable Object c)
      throws Exception {
    if (self == null || a == null || b == null) return null;
    if (hook == Apache5Hooks.MINIMAL) {
      return minimal((CloseableHttpClient) self, (HttpHost) a, (ClassicHttpRequest) b, c);
    }
    ExecChain.Scope scope = (ExecChain.Scope) b;
    if (c == null || KeyRuntime.isOurs(scope.execRuntime)) return null;
    return built((ExecChainHandler) self, (ClassicHttpRequest) a, scope, (ExecChain) c);
  }

  private @Nullable Object built(
      ExecChainHandler self, ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws Exception {
    KeyedCall call = open(scope.route.getTargetHost(), request);
    if (call == null) return null;
    Refusal refusal = call.refusal();
    return refusal != null
        ? Refused.response(refusal, request, scope.clientContext)
        : new BuiltCall(self, request, scope, chain).run(call);
  }

  private @Nullable Object minimal(
      CloseableHttpClient self, HttpHost host, ClassicHttpRequest request, @Nullable Object context)
      throws Exception {
    if (inside.get() == request) return null;
    KeyedCall call = open(host, request);
    if (call == null) return null;
    Refusal refusal = call.refusal();
    if (refusal != null) return Refused.closeable(refusal, request, (HttpContext) context);
    inside.set(request);
    try {
      return new MinimalCall(self, host, request, (HttpContext) context).run(call);
    } finally {
      inside.set(null);
    }
  }

  private @Nullable KeyedCall open(HttpHost host, ClassicHttpRequest request) {
    String target = request.getPath();
    String path = target == null ? "/" : RawTarget.path(target);
    if (!calls.manages(host.getSchemeName(), host.getHostName(), host.getPort(), path)) return null;
    return calls.open(new Apache5Outbound(host, request), null);
  }
}
