package dev.latchkey.filter.login;

import dev.latchkey.core.key.Owner;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a session remembers of its user's keys: the attribute {@value KeyStatus#ATTRIBUTE}. A
 * session is never made for it, and one that has ended is no fault.
 */
public final class SessionNote {
  private SessionNote() {}

  /** Whose keys this session knows of; null for nobody's. */
  public static @Nullable Owner user(HttpServletRequest request) {
    String user = KeyStatus.user(attribute(request));
    return user == null ? null : Owner.of(user);
  }

  /** Whether this session knows that the user has his keys. */
  public static boolean isReady(HttpServletRequest request, Owner user) {
    Object note = attribute(request);
    return KeyStatus.isReady(note) && user.id().equals(KeyStatus.user(note));
  }

  /** Whether this session knows of a sync of this user, however it ended. */
  public static boolean isBegun(HttpServletRequest request, Owner user) {
    return user.id().equals(KeyStatus.user(attribute(request)));
  }

  /** Notes how things stand. */
  public static void write(HttpServletRequest request, Map<String, Object> status) {
    HttpSession session = request.getSession(false);
    if (session == null) return;
    try {
      if (!status.equals(session.getAttribute(KeyStatus.ATTRIBUTE))) {
        session.setAttribute(KeyStatus.ATTRIBUTE, status);
      }
    } catch (IllegalStateException ended) {
      // It was invalidated meanwhile.
    }
  }

  /** Forgets, where the session outlives its user. */
  public static void erase(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session == null) return;
    try {
      session.removeAttribute(KeyStatus.ATTRIBUTE);
    } catch (IllegalStateException ended) {
      // All the better.
    }
  }

  private static @Nullable Object attribute(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session == null) return null;
    try {
      return session.getAttribute(KeyStatus.ATTRIBUTE);
    } catch (IllegalStateException ended) {
      return null;
    }
  }
}
