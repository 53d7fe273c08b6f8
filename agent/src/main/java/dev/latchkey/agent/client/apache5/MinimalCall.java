package dev.latchkey.agent.client.apache5;

import dev.latchkey.agent.client.RealFault;
import dev.latchkey.core.call.KeyedCall;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** One call of the minimal client, which follows no redirects and runs no interceptors. */
final class MinimalCall extends Apache5Call<CloseableHttpResponse> {
  private final CloseableHttpClient client;
  private final HttpHost host;
  private final ClassicHttpRequest request;
  private final @Nullable HttpContext context;

  MinimalCall(
      CloseableHttpClient client,
      HttpHost host,
      ClassicHttpRequest request,
      @Nullable HttpContext context) {
    super(request.getEntity());
    this.client = client;
    this.host = host;
    this.request = request;
    this.context = context;
  }

  @Override
  protected CloseableHttpResponse send(KeyedCall call) throws Exception {
    try (Worn key = Worn.by(request, call)) {
      return RealFault.marked(() -> client.execute(host, request, context));
    }
  }

  @Override
  protected boolean cancelled() {
    return request instanceof HttpUriRequestBase && ((HttpUriRequestBase) request).isAborted();
  }
}
