package dev.latchkey.agent.client.jdk;

import dev.latchkey.core.call.OutboundRequest;
import java.net.http.HttpRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A hop of {@code java.net.http} as the front door sees it; its URI has a scheme and a host. */
final class JdkOutbound extends OutboundRequest {
  private final HttpRequest request;

  JdkOutbound(HttpRequest request) {
    this.request = request;
  }

  @Override
  public String scheme() {
    return request.uri().getScheme().toLowerCase(Locale.ROOT);
  }

  @Override
  public String host() {
    String host = request.uri().getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  @Override
  public int port() {
    return request.uri().getPort();
  }

  @Override
  public String path() {
    String path = request.uri().getRawPath();
    return path == null ? "/" : path;
  }

  @Override
  public @Nullable String query() {
    return request.uri().getRawQuery();
  }

  @Override
  public @Nullable String header(String name) {
    return request.headers().firstValue(name).orElse(null);
  }
}
