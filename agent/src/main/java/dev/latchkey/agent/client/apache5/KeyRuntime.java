package dev.latchkey.agent.client.apache5;

import dev.latchkey.core.call.KeyedCall;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * Puts the key on at the moment a request is handed to the connection. A proxy because the
 * interface grows: 5.4 sends by a method that 5.0 does not have.
 */
final class KeyRuntime implements InvocationHandler {
  private final ExecRuntime runtime;
  private final KeyedCall call;

  private KeyRuntime(ExecRuntime runtime, KeyedCall call) {
    this.runtime = runtime;
    this.call = call;
  }

  static ExecRuntime of(ExecRuntime runtime, KeyedCall call) {
    return (ExecRuntime)
        Proxy.newProxyInstance(
            KeyRuntime.class.getClassLoader(),
            new Class<?>[] {ExecRuntime.class},
            new KeyRuntime(runtime, call));
  }

  static boolean isOurs(ExecRuntime runtime) {
    return Proxy.isProxyClass(runtime.getClass())
        && Proxy.getInvocationHandler(runtime) instanceof KeyRuntime;
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (arguments == null || !method.getName().equals("execute")) return plain(method, arguments);
    try (Worn key = Worn.by((ClassicHttpRequest) arguments[1], call)) {
      return plain(method, arguments);
    }
  }

  private @Nullable Object plain(Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(runtime, arguments);
    } catch (InvocationTargetException fault) {
      throw fault.getCause();
    }
  }
}
