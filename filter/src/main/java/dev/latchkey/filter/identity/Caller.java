package dev.latchkey.filter.identity;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Tells the agent who is calling on a thread, through the one class that agent and application both
 * see. Without an agent it does nothing and says nothing. Never throws. Immutable.
 */
public final class Caller {
  private static final String BRIDGE = "java.lang.LatchkeyBridge";

  private final @Nullable MethodHandle get;
  private final @Nullable MethodHandle set;

  private Caller(@Nullable MethodHandle get, @Nullable MethodHandle set) {
    this.get = get;
    this.set = set;
  }

  /** The agent's ear, if there is an agent. */
  public static Caller find() {
    try {
      Class<?> bridge = Class.forName(BRIDGE, true, null);
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      return new Caller(
          lookup.findStatic(bridge, "owner", MethodType.methodType(String.class)),
          lookup.findStatic(bridge, "owner", MethodType.methodType(void.class, String.class)));
    } catch (ClassNotFoundException noAgent) {
      return new Caller(null, null);
    } catch (ReflectiveOperationException | LinkageError e) {
      LoggerFactory.getLogger("latchkey")
          .warn("the agent is of another version than the filter, and hears no user: {}", e + "");
      return new Caller(null, null);
    }
  }

  /** Whether there is an agent to tell. */
  public boolean isHeard() {
    return set != null;
  }

  /** Who was calling on this thread so far; null for nobody. */
  public @Nullable String now() {
    if (get == null) return null;
    try {
      return (String) get.invokeExact();
    } catch (Throwable t) {
      return null;
    }
  }

  /** From now on this user is calling on this thread; null for nobody. */
  public void becomes(@Nullable String user) {
    if (set == null) return;
    try {
      set.invokeExact(user);
    } catch (Throwable t) {
      // The calls go out for the default owner.
    }
  }
}
