package dev.latchkey.agent.hop;

import dev.latchkey.agent.bridge.LatchkeyBridge;
import dev.latchkey.core.key.Owner;
import org.jspecify.annotations.Nullable;

/** Who is calling, for clients that send on other threads than the one that starts a call. */
public final class Caller {
  private Caller() {}

  /** The user who is calling on this thread; null where nobody said so. */
  public static @Nullable Owner owner() {
    String user = LatchkeyBridge.owner();
    return user == null || user.trim().isEmpty() ? null : Owner.of(user);
  }
}
