package dev.latchkey.agent.client.apache4;

import dev.latchkey.agent.client.RealFault;
import dev.latchkey.core.call.KeyedCall;
import dev.latchkey.core.call.OutboundCalls;
import dev.latchkey.core.call.Refusal;
import java.io.IOException;
import java.net.URI;
import org.apache.http.HttpException;
import org.apache.http.HttpHost;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpExecutionAware;
import org.apache.http.client.methods.HttpRequestWrapper;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.conn.routing.HttpRoute;
import org.apache.http.impl.execchain.ClientExecChain;
import org.jspecify.annotations.Nullable;

/** A link of the chain that sees every hop, after the application's interceptors. */
final class KeyExec implements ClientExecChain {
  private final ClientExecChain sends;
  private final OutboundCalls calls;

  KeyExec(ClientExecChain sends, OutboundCalls calls) {
    this.sends = sends;
    this.calls = calls;
  }

  @Override
  public CloseableHttpResponse execute(
      HttpRoute route,
      HttpRequestWrapper request,
      HttpClientContext context,
      @Nullable HttpExecutionAware aware)
      throws IOException, HttpException {
    CloseableHttpResponse response;
    try {
      response = ifManaged(route, request, context, aware);
    } catch (RealFault real) {
      throw real.fault();
    }
    return response == null ? sends.execute(route, request, context, aware) : response;
  }

  /** Sends with one of our keys; null if that is none of our business. */
  @Nullable CloseableHttpResponse ifManaged(
      HttpRoute route,
      HttpRequestWrapper request,
      @Nullable HttpClientContext context,
      @Nullable HttpExecutionAware aware)
      throws IOException, HttpException {
    KeyedCall call = open(route.getTargetHost(), request);
    if (call == null) return null;
    Refusal refusal = call.refusal();
    if (refusal != null) return new RefusedResponse(refusal).seenIn(context, route, request);
    try {
      return new Apache4Call(sends, route, request, context, aware).run(call);
    } catch (IOException | HttpException | RuntimeException fault) {
      throw fault;
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private @Nullable KeyedCall open(HttpHost host, HttpRequestWrapper request) {
    URI uri = request.getURI();
    String path = uri == null ? null : uri.getRawPath();
    String known = path == null ? "/" : path;
    if (!calls.manages(host.getSchemeName(), host.getHostName(), host.getPort(), known)) {
      return null;
    }
    return calls.open(new Apache4Outbound(host, request), null);
  }
}
