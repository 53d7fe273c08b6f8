package dev.latchkey.sample.webapp;

import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/** Who is logged in. */
final class Login {
  private static final String ATTRIBUTE = "user";

  private Login() {}

  /** The session's user, or null before the login. */
  static @Nullable String user(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    return session == null ? null : (String) session.getAttribute(ATTRIBUTE);
  }

  /** Logs a user in, under a new session id: nobody can have planted it. */
  static void accept(HttpServletRequest request, String user) {
    request.getSession().setAttribute(ATTRIBUTE, user);
    request.changeSessionId();
  }
}
