package dev.latchkey.agent.contract;

import dev.latchkey.core.call.KeyedCall;
import dev.latchkey.core.call.OutboundCalls;
import dev.latchkey.core.call.OutboundRequest;
import dev.latchkey.core.key.Owner;
import org.jspecify.annotations.Nullable;

/** A front door that leads to another one for each test, or nowhere. */
final class Switch implements OutboundCalls {
  private volatile @Nullable OutboundCalls calls;

  void to(@Nullable OutboundCalls next) {
    calls = next;
  }

  @Override
  public boolean manages(String scheme, String host, int port, String path) {
    OutboundCalls to = calls;
    return to != null && to.manages(scheme, host, port, path);
  }

  @Override
  public boolean knows(String scheme, String host, int port) {
    OutboundCalls to = calls;
    return to != null && to.knows(scheme, host, port);
  }

  @Override
  public @Nullable KeyedCall open(OutboundRequest request, @Nullable Owner owner) {
    OutboundCalls to = calls;
    return to == null ? null : to.open(request, owner);
  }
}
