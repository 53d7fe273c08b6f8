package dev.latchkey.filter.identity;

import dev.latchkey.filter.async.EndOfAsync;
import jakarta.servlet.http.HttpServletRequest;
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
  private final @Nullable MethodHandle leave;
  private final @Nullable MethodHandle ended;

  private Caller(
      @Nullable MethodHandle get,
      @Nullable MethodHandle set,
      @Nullable MethodHandle leave,
      @Nullable MethodHandle ended) {
    this.get = get;
    this.set = set;
    this.leave = leave;
    this.ended = ended;
  }

  /** The agent's ear, if there is an agent. */
  public static Caller find() {
    try {
      Class<?> bridge = Class.forName(BRIDGE, true, null);
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      return new Caller(
          lookup.findStatic(bridge, "owner", MethodType.methodType(String.class)),
          lookup.findStatic(bridge, "owner", MethodType.methodType(void.class, String.class)),
          lookup.findStatic(bridge, "leave", MethodType.methodType(Object.class)),
          lookup.findStatic(bridge, "ended", MethodType.methodType(void.class, Object.class)));
    } catch (ClassNotFoundException noAgent) {
      return nobodyHears();
    } catch (ReflectiveOperationException | LinkageError e) {
      LoggerFactory.getLogger("latchkey")
          .warn("the agent is of another version than the filter, and hears no user: {}", e + "");
      return nobodyHears();
    }
  }

  private static Caller nobodyHears() {
    return new Caller(null, null, null, null);
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

  /**
   * Nobody is calling on this thread from now on, but the request goes on elsewhere: virtual
   * threads that it started keep its user until it ends.
   */
  public void leave(HttpServletRequest request) {
    if (leave == null) return;
    try {
      Object left = (Object) leave.invokeExact();
      if (left != null) endWith(request, left);
    } catch (Throwable t) {
      becomes(null);
    }
  }

  private void endWith(HttpServletRequest request, Object left) {
    try {
      EndOfAsync.of(request.getAsyncContext(), () -> end(left));
    } catch (IllegalStateException over) {
      end(left);
    }
  }

  private void end(Object left) {
    if (ended == null) return;
    try {
      ended.invokeExact(left);
    } catch (Throwable t) {
      // It is forgotten with the threads that know it.
    }
  }
}
