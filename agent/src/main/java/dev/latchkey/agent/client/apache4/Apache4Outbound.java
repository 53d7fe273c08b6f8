package dev.latchkey.agent.client.apache4;

import dev.latchkey.agent.hop.RawTarget;
import dev.latchkey.core.call.OutboundRequest;
import org.apache.http.Header;
import org.apache.http.HttpHost;
import org.apache.http.client.methods.HttpRequestWrapper;
import org.jspecify.annotations.Nullable;

/** A hop of Apache HttpClient 4 as the front door sees it. */
final class Apache4Outbound extends OutboundRequest {
  private final HttpHost host;
  private final HttpRequestWrapper request;

  Apache4Outbound(HttpHost host, HttpRequestWrapper request) {
    this.host = host;
    this.request = request;
  }

  @Override
  public String scheme() {
    return host.getSchemeName();
  }

  @Override
  public String host() {
    return host.getHostName();
  }

  @Override
  public int port() {
    return host.getPort();
  }

  @Override
  public String path() {
    return RawTarget.path(request.getRequestLine().getUri());
  }

  @Override
  public @Nullable String query() {
    return RawTarget.query(request.getRequestLine().getUri());
  }

  @Override
  public @Nullable String header(String name) {
    Header header = request.getFirstHeader(name);
    return header == null ? null : header.getValue();
  }
}
