package dev.latchkey.agent.client.okhttp;

import static java.util.Objects.requireNonNull;

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
  // Constants, so that the JVM compiles them to the field's own load: every call comes here.
  private static final @Nullable MethodHandle INTERCEPTORS = getter("interceptors", List.class);
  private static final @Nullable MethodHandle INDEX = getter("index", int.class);

  private Chains() {}

  /** False where the JVM does not let us look: OkHttp 5 on the module path. */
  static boolean areOpen() {
    return INTERCEPTORS != null && INDEX != null;
  }

  /** The call's own list; what is put in behind {@link #index} will run. */
  @SuppressWarnings("unchecked") // The field's type is what it is.
  static List<Interceptor> interceptors(Interceptor.Chain chain) throws Throwable {
    return (List<Interceptor>) (List<?>) requireNonNull(INTERCEPTORS).invokeExact(chain);
  }

  /** The place of the interceptor that runs when this chain goes on. */
  static int index(Interceptor.Chain chain) throws Throwable {
    return (int) requireNonNull(INDEX).invokeExact(chain);
  }

  private static @Nullable MethodHandle getter(String name, Class<?> type) {
    try {
      Field field =
          Class.forName(
                  "okhttp3.internal.http.RealInterceptorChain",
                  false,
                  Interceptor.class.getClassLoader())
              .getDeclaredField(name);
      field.setAccessible(true);
      return MethodHandles.lookup()
          .unreflectGetter(field)
          .asType(MethodType.methodType(type, Interceptor.Chain.class));
    } catch (ReflectiveOperationException | RuntimeException closed) {
      return null;
    }
  }
}
