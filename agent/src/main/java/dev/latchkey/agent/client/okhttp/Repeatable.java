package dev.latchkey.agent.client.okhttp;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * Whether a body can be written twice. From 3.14 on it says so itself; before that only OkHttp's
 * own are known to be repeatable, and one that is not would go out empty the second time.
 */
final class Repeatable {
  private static final @Nullable MethodHandle ONE_SHOT = find("isOneShot");
  private static final @Nullable MethodHandle DUPLEX = find("isDuplex");

  private Repeatable() {}

  static boolean is(@Nullable RequestBody body) {
    if (body == null) return true;
    if (body instanceof MultipartBody && !allParts((MultipartBody) body)) return false;
    if (ONE_SHOT == null) return body.getClass().getName().startsWith("okhttp3.");
    return !says(ONE_SHOT, body) && !says(DUPLEX, body);
  }

  private static boolean allParts(MultipartBody body) {
    for (MultipartBody.Part part : body.parts()) {
      if (!is(part.body())) return false;
    }
    return true;
  }

  private static boolean says(@Nullable MethodHandle question, RequestBody body) {
    try {
      return question != null && (boolean) question.invokeExact(body);
    } catch (Throwable unknown) {
      return true;
    }
  }

  private static @Nullable MethodHandle find(String name) {
    try {
      return MethodHandles.publicLookup()
          .findVirtual(RequestBody.class, name, MethodType.methodType(boolean.class));
    } catch (ReflectiveOperationException olderVersion) {
      return null;
    }
  }
}
