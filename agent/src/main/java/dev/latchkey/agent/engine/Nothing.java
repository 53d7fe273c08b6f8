package dev.latchkey.agent.engine;

import dev.latchkey.core.call.KeyedCall;
import dev.latchkey.core.call.OutboundCalls;
import dev.latchkey.core.call.OutboundRequest;
import dev.latchkey.core.key.Owner;
import org.jspecify.annotations.Nullable;

/** The engine that is off: manages nothing. */
enum Nothing implements Engine.Opened, OutboundCalls {
  INSTANCE;

  @Override
  public OutboundCalls callsOf(String client) {
    return this;
  }

  @Override
  public boolean manages(String scheme, String host, int port, String path) {
    return false;
  }

  @Override
  public boolean knows(String scheme, String host, int port) {
    return false;
  }

  @Override
  public @Nullable KeyedCall open(OutboundRequest request, @Nullable Owner owner) {
    return null;
  }
}
