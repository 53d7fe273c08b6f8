package dev.latchkey.agent.client.apache4;

import dev.latchkey.core.call.Refusal;
import org.apache.http.HttpVersion;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpRequestWrapper;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.conn.routing.HttpRoute;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.message.BasicHttpResponse;
import org.apache.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/** An answer that came from nowhere: there is no connection to give back. */
final class RefusedResponse extends BasicHttpResponse implements CloseableHttpResponse {
  RefusedResponse(Refusal refusal) {
    super(HttpVersion.HTTP_1_1, refusal.status(), refusal.reason());
    ByteArrayEntity entity = new ByteArrayEntity(refusal.body());
    entity.setContentType(refusal.contentType());
    setEntity(entity);
    setHeader("Content-Type", refusal.contentType());
    setHeader("Content-Length", Long.toString(entity.getContentLength()));
  }

  /** The minimal client leaves it to the link that sends to tell what was sent. */
  RefusedResponse seenIn(
      @Nullable HttpClientContext context, HttpRoute route, HttpRequestWrapper request) {
    if (context == null || context.getRequest() != null) return this;
    context.setAttribute(HttpCoreContext.HTTP_TARGET_HOST, route.getTargetHost());
    context.setAttribute(HttpCoreContext.HTTP_REQUEST, request);
    context.setAttribute(HttpCoreContext.HTTP_RESPONSE, this);
    context.setAttribute(HttpClientContext.HTTP_ROUTE, route);
    return this;
  }

  @Override
  public void close() {}
}
