package dev.latchkey.filter.identity;

import jakarta.servlet.http.HttpSession;
import java.lang.reflect.InvocationTargetException;
import java.security.Principal;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Reads a user id out of a session: the attribute {@code NAME}, or {@code NAME.PROPERTY} where the
 * application keeps an object of its own there. An object's {@code toString} is never taken for an
 * id: many print something else each time, and each would get a key.
 */
final class SessionValue {
  private static final int MOST_TOLD = 100;
  private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

  private SessionValue() {}

  static @Nullable String of(HttpSession session, String name) {
    Object whole = session.getAttribute(name);
    if (whole != null) return id(whole, name);
    int dot = name.lastIndexOf('.');
    Object bean = dot < 1 ? null : session.getAttribute(name.substring(0, dot));
    return bean == null ? null : id(property(bean, name.substring(dot + 1), name), name);
  }

  private static @Nullable String id(@Nullable Object value, String name) {
    if (value == null) return null;
    if (value instanceof Principal) return ((Principal) value).getName();
    boolean isText =
        value instanceof CharSequence
            || value instanceof Number
            || value instanceof UUID
            || value instanceof Enum;
    if (isText) return value.toString();
    tell("session:" + name + " holds a " + value.getClass().getName() + ", which is no user id");
    return null;
  }

  private static @Nullable Object property(Object bean, String property, String name) {
    String getter = "get" + Character.toUpperCase(property.charAt(0)) + property.substring(1);
    for (String method : new String[] {getter, property}) {
      try {
        return bean.getClass().getMethod(method).invoke(bean);
      } catch (NoSuchMethodException e) {
        // Perhaps by its other name.
      } catch (IllegalAccessException | InvocationTargetException e) {
        tell("session:" + name + " cannot be read: " + e.getClass().getSimpleName());
        return null;
      }
    }
    tell("session:" + name + ": " + bean.getClass().getName() + " has no public " + getter + "()");
    return null;
  }

  private static void tell(String fault) {
    if (TOLD.size() < MOST_TOLD && TOLD.add(fault)) {
      LoggerFactory.getLogger("latchkey")
          .warn("{}; name a property of it that is one, such as session:user.id", fault);
    }
  }
}
