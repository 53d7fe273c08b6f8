package dev.latchkey.agent.client.okhttp;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.util.List;
import okhttp3.Interceptor;
import org.jspecify.annotations.Nullable;

/**
 * The list of interceptors that one call runs by, and the place in it where a chain goes on. OkHttp
 * makes the list afresh for each call and shows it to nobody; the fields are named alike from 3.12
 * to 5.5.
 */
final class Chains {
  private final MethodHandle interceptors;
  private final MethodHandle index;

  private Chains(MethodHandle interceptors, MethodHandle index) {
    this.interceptors = interceptors;
    this.index = index;
  }

  /** Null where the JVM does not let us look: OkHttp 5 on the module path. */
  static @Nullable Chains find() {
    try {
      Class<?> chain =
          Class.forName(
              "okhttp3.internal.http.RealInterceptorChain",
              false,
              Interceptor.class.getClassLoader());
      return new Chains(
          getter(chain, "interceptors", List.class), getter(chain, "index", int.class));
    } catch (ReflectiveOperationException | RuntimeException closed) {
      return null;
    }
  }

  /** The call's own list; what is put in behind {@link #index} will run. */
  @SuppressWarnings("unchecked") // The field's type is what it is.
  List<Interceptor> interceptors(Interceptor.Chain chain) throws Throwable {
    return (List<Interceptor>) (List<?>) interceptors.invokeExact(chain);
  }

  /** The place of the interceptor that runs when this chain goes on. */
  int index(Interceptor.Chain chain) throws Throwable {
    return (int) index.invokeExact(chain);
  }

  private static MethodHandle getter(Class<?> chain, String name, Class<?> type)
      throws ReflectiveOperationException {
    Field field = chain.getDeclaredField(name);
    field.setAccessible(true);
    return MethodHandles.lookup()
        .unreflectGetter(field)
        .asType(MethodType.methodType(type, Interceptor.Chain.class));
  }
}
