package dev.latchkey.agent.client.okhttp;

import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * The answer at which OkHttp's follow-up interceptor sends a hop once more, whatever its method:
 * 503 with {@code Retry-After: 0}, from 3.10 on, unless the answer before was a 503 (seen in
 * 3.12.13 to 5.5.1).
 */
final class Busy {
  static final int STATUS = 503;
  private static final boolean HEEDED = find("okhttp3.internal.http.RetryAndFollowUpInterceptor");

  private Busy() {}

  static boolean isHeeded() {
    return HEEDED;
  }

  /** The same answer as a busy server's; who gets it closes it. */
  static Response insteadOf(Response refused) {
    return refused.newBuilder().code(STATUS).header("Retry-After", "0").build();
  }

  private static boolean find(String followUp) {
    try {
      return Class.forName(followUp, false, Interceptor.class.getClassLoader())
              .getDeclaredMethod("retryAfter", Response.class, int.class)
              .getReturnType()
          == int.class;
    } catch (ReflectiveOperationException | LinkageError older) {
      return false;
    }
  }
}
