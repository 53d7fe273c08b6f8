package dev.latchkey.sample.webapp;

import java.io.IOException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.servlet.http.HttpSession;

/** {@code /logout}: ends the session, history and all. */
public final class LogoutServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    HttpSession session = request.getSession(false);
    if (session != null && FormToken.isIn(request)) session.invalidate();
    Parameters.seeOther(request, response, "/login");
  }
}
