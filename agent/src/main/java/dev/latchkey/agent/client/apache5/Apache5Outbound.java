package dev.latchkey.agent.client.apache5;

import dev.latchkey.agent.hop.RawTarget;
import dev.latchkey.core.call.OutboundRequest;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/** A hop of Apache HttpClient 5 as the front door sees it. */
final class Apache5Outbound extends OutboundRequest {
  private final HttpHost host;
  private final ClassicHttpRequest request;

  Apache5Outbound(HttpHost host, ClassicHttpRequest request) {
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
    String target = request.getPath();
    return target == null ? "/" : RawTarget.path(target);
  }

  @Override
  public @Nullable String query() {
    String target = request.getPath();
    return target == null ? null : RawTarget.query(target);
  }

  @Override
  public @Nullable String header(String name) {
    Header header = request.getFirstHeader(name);
    return header == null ? null : header.getValue();
  }
}
