package dev.latchkey.agent.client.okhttp;

import dev.latchkey.core.call.OutboundRequest;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** An OkHttp request as the front door sees it. */
final class OkOutbound extends OutboundRequest {
  private final Request request;

  OkOutbound(Request request) {
    this.request = request;
  }

  @Override
  public String scheme() {
    return request.url().scheme();
  }

  @Override
  public String host() {
    return request.url().host();
  }

  @Override
  public int port() {
    return request.url().port();
  }

  @Override
  public String path() {
    return request.url().encodedPath();
  }

  @Override
  public @Nullable String query() {
    return request.url().encodedQuery();
  }

  @Override
  public @Nullable String header(String name) {
    return request.header(name);
  }
}
