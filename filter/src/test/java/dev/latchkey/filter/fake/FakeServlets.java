package dev.latchkey.filter.fake;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A servlet object that keeps attributes, answers getters with what a test has set, and does
 * nothing else. The servlet API's interfaces differ between its versions; this fits all.
 */
public final class FakeServlets {
  private final Map<String, Object> answers = new HashMap<>();
  private final Map<String, Object> attributes = new HashMap<>();

  private FakeServlets() {}

  /** Nothing set. */
  public static FakeServlets create() {
    return new FakeServlets();
  }

  /** What that method answers, whatever it is asked. */
  public FakeServlets answer(String method, @Nullable Object value) {
    answers.put(method, value);
    return this;
  }

  /** What that method answers when it is asked for that name. */
  public FakeServlets answer(String method, String name, Object value) {
    answers.put(method + " " + name, value);
    return this;
  }

  /** Seen as that interface. */
  public <T> T as(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, this::invoke));
  }

  private @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
    String name = method.getName();
    String first = arguments == null ? "" : String.valueOf(arguments[0]);
    if (name.equals("setAttribute")) {
      attributes.put(first, arguments[1]);
    } else if (name.equals("removeAttribute")) {
      attributes.remove(first);
    } else if (name.equals("getAttribute")) {
      return attributes.get(first);
    }
    Object answer = answers.getOrDefault(name + " " + first, answers.get(name));
    if (answer != null || !method.getReturnType().isPrimitive()) return answer;
    return method.getReturnType() == boolean.class ? (Object) false : (Object) 0;
  }
}
