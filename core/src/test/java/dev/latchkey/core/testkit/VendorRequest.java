package dev.latchkey.core.testkit;

import dev.latchkey.core.call.OutboundRequest;
import org.jspecify.annotations.Nullable;

/** A request to the {@link FakeVendor}. */
public final class VendorRequest extends OutboundRequest {
  private final String host;
  private final @Nullable String query;

  private VendorRequest(String host, @Nullable String query) {
    this.host = host;
    this.query = query;
  }

  /** To the vendor. */
  public static VendorRequest create() {
    return new VendorRequest("vendor.test", null);
  }

  /** To somebody else. */
  public static VendorRequest to(String host) {
    return new VendorRequest(host, null);
  }

  @Override
  public String scheme() {
    return "http";
  }

  @Override
  public String host() {
    return host;
  }

  @Override
  public int port() {
    return -1;
  }

  @Override
  public String path() {
    return "/v1/chat";
  }

  @Override
  public @Nullable String query() {
    return query;
  }

  @Override
  public @Nullable String header(String name) {
    return null;
  }
}
