package dev.latchkey.agent.client.huc;

import dev.latchkey.core.call.OutboundRequest;
import java.net.URL;
import org.jspecify.annotations.Nullable;

/** A hop that is about to be sent, as the front door sees it. */
final class HopRequest extends OutboundRequest {
  private final URL url;
  private final RequestProperties properties;

  HopRequest(URL url, RequestProperties properties) {
    this.url = url;
    this.properties = properties;
  }

  @Override
  public String scheme() {
    return url.getProtocol();
  }

  @Override
  public String host() {
    return UrlAdapter.host(url);
  }

  @Override
  public int port() {
    return url.getPort();
  }

  @Override
  public String path() {
    return url.getPath();
  }

  @Override
  public @Nullable String query() {
    return url.getQuery();
  }

  @Override
  public @Nullable String header(String name) {
    return properties.first(name);
  }
}
