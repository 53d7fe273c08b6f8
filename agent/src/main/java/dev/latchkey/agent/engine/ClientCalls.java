package dev.latchkey.agent.engine;

import dev.latchkey.core.call.KeyedCall;
import dev.latchkey.core.call.OutboundCalls;
import dev.latchkey.core.call.OutboundRequest;
import dev.latchkey.core.key.Owner;
import org.jspecify.annotations.Nullable;

/** The front door as one client's adapters see it: there from the start, open when it is. */
final class ClientCalls implements OutboundCalls {
  private final String client;
  private final Engine engine;
  private volatile @Nullable OutboundCalls opened;

  ClientCalls(String client, Engine engine) {
    this.client = client;
    this.engine = engine;
  }

  @Override
  public boolean manages(String scheme, String host, int port, String path) {
    return calls().manages(scheme, host, port, path);
  }

  @Override
  public boolean knows(String scheme, String host, int port) {
    return calls().knows(scheme, host, port);
  }

  @Override
  public boolean refuses() {
    return calls().refuses();
  }

  @Override
  public @Nullable KeyedCall open(OutboundRequest request, @Nullable Owner owner) {
    return calls().open(request, owner);
  }

  private OutboundCalls calls() {
    OutboundCalls to = opened;
    return to != null ? to : awaited();
  }

  private OutboundCalls awaited() {
    OutboundCalls to = engine.await().callsOf(client);
    if (engine.isDone()) opened = to;
    return to;
  }
}
