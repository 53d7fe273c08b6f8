package dev.latchkey.agent.forked.carry;

import java.lang.reflect.Method;
import java.util.concurrent.Callable;

/** Says who is calling, as the servlet filter does, and asks for it. */
final class User {
  private static final Class<?> BRIDGE = bridge();

  private User() {}

  /** Does something as a request of this user's. */
  static <T> T does(String user, Callable<T> work) throws Exception {
    call("owner", String.class, user);
    try {
      return work.call();
    } finally {
      call("owner", String.class, null);
    }
  }

  /** Does something in a request of this user's that goes on afterwards; returns the request. */
  static Object leaves(String user, Callable<?> work) throws Exception {
    call("owner", String.class, user);
    work.call();
    return BRIDGE.getMethod("leave").invoke(null);
  }

  static void ended(Object request) throws Exception {
    call("ended", Object.class, request);
  }

  /** Whose this thread is now. */
  static String now() {
    try {
      Object owner = BRIDGE.getMethod("owner").invoke(null);
      return String.valueOf(owner);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void call(String method, Class<?> type, Object argument) throws Exception {
    Method found = BRIDGE.getMethod(method, type);
    found.invoke(null, argument);
  }

  private static Class<?> bridge() {
    try {
      return Class.forName("java.lang.LatchkeyBridge", true, null);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
