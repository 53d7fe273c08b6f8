package dev.latchkey.agent.client.apache4;

import dev.latchkey.agent.client.RealFault;
import dev.latchkey.agent.hop.Peek;
import dev.latchkey.agent.hop.RawTarget;
import dev.latchkey.agent.hop.Replayed;
import dev.latchkey.core.call.KeyedCall;
import dev.latchkey.core.provider.AnswerHead;
import dev.latchkey.core.provider.Classifier;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.HttpEntityEnclosingRequest;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpExecutionAware;
import org.apache.http.client.methods.HttpRequestWrapper;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.conn.routing.HttpRoute;
import org.apache.http.impl.execchain.ClientExecChain;
import org.apache.http.impl.execchain.RequestAbortedException;
import org.jspecify.annotations.Nullable;

/** One hop; the client's own wrapper carries the key while it is sent, and only then. */
final class Apache4Call extends Replayed<CloseableHttpResponse> {
  private final ClientExecChain sends;
  private final HttpRoute route;
  private final HttpRequestWrapper request;
  private final @Nullable HttpClientContext context;
  private final @Nullable HttpExecutionAware aware;

  Apache4Call(
      ClientExecChain sends,
      HttpRoute route,
      HttpRequestWrapper request,
      @Nullable HttpClientContext context,
      @Nullable HttpExecutionAware aware) {
    this.sends = sends;
    this.route = route;
    this.request = request;
    this.context = context;
    this.aware = aware;
  }

  @Override
  protected CloseableHttpResponse send(KeyedCall call) throws Exception {
    Header[] headers = request.getAllHeaders();
    URI uri = request.getURI();
    try {
      attach(call, headers, uri);
      return RealFault.marked(() -> sends.execute(route, request, context, aware));
    } finally {
      restore(headers, uri);
    }
  }

  private void attach(KeyedCall call, Header[] headers, @Nullable URI uri) {
    try {
      for (Map.Entry<String, String> each : call.headers()) {
        request.setHeader(each.getKey(), each.getValue());
      }
      String target = uri == null ? request.getRequestLine().getUri() : uri.toString();
      String before = RawTarget.query(target);
      String query = call.query(before);
      if (query != before) request.setURI(URI.create(RawTarget.withQuery(target, query)));
    } catch (RuntimeException | LinkageError ours) {
      restore(headers, uri);
    }
  }

  private void restore(Header[] headers, @Nullable URI uri) {
    request.setHeaders(headers);
    request.setURI(uri);
  }

  @Override
  protected AnswerHead head(CloseableHttpResponse answer) {
    return new Apache4Head(answer);
  }

  @Override
  protected byte[] peek(CloseableHttpResponse answer, KeyedCall call, AnswerHead head)
      throws IOException {
    HttpEntity entity = answer.getEntity();
    if (entity == null) return Classifier.NO_BODY;
    InputStream in = entity.getContent();
    Peek peek = Peek.into(in, call, head);
    answer.setEntity(new PeekedEntity(entity, peek.whole(in)));
    return peek.prefix();
  }

  @Override
  protected void relocate(CloseableHttpResponse answer, String location) {
    answer.setHeader("Location", location);
  }

  @Override
  protected boolean repeatable() {
    if (!(request instanceof HttpEntityEnclosingRequest)) return true;
    HttpEntity entity = ((HttpEntityEnclosingRequest) request).getEntity();
    return entity == null || entity.isRepeatable();
  }

  @Override
  protected boolean cancelled() {
    return aware != null && aware.isAborted();
  }

  @Override
  protected Exception cancellation() {
    return new RequestAbortedException("Request aborted");
  }

  @Override
  protected void letGo(CloseableHttpResponse answer) throws IOException {
    answer.close();
  }
}
