package dev.latchkey.agent.hop;

import dev.latchkey.core.call.KeyedCall;
import dev.latchkey.core.call.OutboundCalls;
import dev.latchkey.core.call.OutboundRequest;
import dev.latchkey.core.key.Owner;
import org.jspecify.annotations.Nullable;

/**
 * The front door behind glass: it promises not to throw, and an adapter must not have to believe
 * that (law 1). Whatever comes out of it means "leave the call alone".
 */
public final class GuardedCalls implements OutboundCalls {
  private final OutboundCalls calls;

  private GuardedCalls(OutboundCalls calls) {
    this.calls = calls;
  }

  /** Guards {@code calls}. */
  public static OutboundCalls of(OutboundCalls calls) {
    return new GuardedCalls(calls);
  }

  @Override
  public boolean manages(String scheme, String host, int port, String path) {
    try {
      return calls.manages(scheme, host, port, path);
    } catch (Throwable ours) {
      return false;
    }
  }

  @Override
  public boolean knows(String scheme, String host, int port) {
    try {
      return calls.knows(scheme, host, port);
    } catch (Throwable ours) {
      return false;
    }
  }

  @Override
  public boolean refuses() {
    try {
      return calls.refuses();
    } catch (Throwable ours) {
      return false;
    }
  }

  @Override
  public @Nullable KeyedCall open(OutboundRequest request, @Nullable Owner owner) {
    try {
      KeyedCall call = calls.open(request, owner);
      return call == null ? null : new GuardedCall(call);
    } catch (Throwable ours) {
      return null;
    }
  }
}
