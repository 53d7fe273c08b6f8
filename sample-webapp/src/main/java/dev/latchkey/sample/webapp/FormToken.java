package dev.latchkey.sample.webapp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpSession;

/** The session's token in each form: proof that the form came from this application. */
final class FormToken {
  static final String PARAMETER = "csrf";
  private static final String ATTRIBUTE = "csrf";
  private static final SecureRandom RANDOM = new SecureRandom();

  private FormToken() {}

  /** The session's token, made at the first form. */
  static String of(HttpSession session) {
    synchronized (session.getServletContext()) {
      String token = (String) session.getAttribute(ATTRIBUTE);
      if (token == null) {
        token = create();
        session.setAttribute(ATTRIBUTE, token);
      }
      return token;
    }
  }

  /** Whether the request carries its session's token. */
  static boolean isIn(HttpServletRequest request) {
    String sent = request.getParameter(PARAMETER);
    HttpSession session = request.getSession(false);
    return sent != null && session != null && same(sent, of(session));
  }

  private static boolean same(String sent, String expected) {
    return MessageDigest.isEqual(
        sent.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
  }

  private static String create() {
    byte[] bytes = new byte[24];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
