package dev.latchkey.agent.client.apache5;

import dev.latchkey.agent.client.RealFault;
import dev.latchkey.core.call.KeyedCall;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * One hop of a built client. The key goes on below the application's interceptors, where the
 * request is handed to the connection. A request may pass the chain once only, so the replay gets a
 * copy from before the first time.
 */
final class BuiltCall extends Apache5Call<ClassicHttpResponse> {
  private final ExecChainHandler handler;
  private final ExecChain.Scope scope;
  private final ExecChain chain;
  private final ClassicHttpRequest request;
  private final Header[] headers;
  private final String target;
  private final @Nullable HttpEntity entity;
  private boolean sent;

  BuiltCall(
      ExecChainHandler handler,
      ClassicHttpRequest request,
      ExecChain.Scope scope,
      ExecChain chain) {
    super(request.getEntity());
    this.handler = handler;
    this.request = request;
    this.scope = scope;
    this.chain = chain;
    this.headers = request.getHeaders();
    this.target = request.getPath();
    this.entity = request.getEntity();
  }

  @Override
  protected ClassicHttpResponse send(KeyedCall call) throws Exception {
    ClassicHttpRequest once = sent ? copy() : request;
    sent = true;
    ExecChain.Scope keyed = keyed(call);
    return RealFault.marked(() -> handler.execute(once, keyed, chain));
  }

  private ExecChain.Scope keyed(KeyedCall call) {
    return new ExecChain.Scope(
        scope.exchangeId,
        scope.route,
        scope.originalRequest,
        KeyRuntime.of(scope.execRuntime, call),
        scope.clientContext);
  }

  private ClassicHttpRequest copy() {
    BasicClassicHttpRequest copy = new BasicClassicHttpRequest(request.getMethod(), target);
    copy.setScheme(request.getScheme());
    copy.setAuthority(request.getAuthority());
    copy.setVersion(request.getVersion());
    copy.setHeaders(headers);
    copy.setEntity(entity);
    return copy;
  }

  @Override
  protected boolean cancelled() {
    return scope.execRuntime.isExecutionAborted();
  }
}
