package dev.latchkey.filter.probe;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;

/** What the session says of its user's keys. */
public final class StatusServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    HttpSession session = request.getSession(false);
    Object status = session == null ? "no session" : session.getAttribute("latchkey.key-status");
    response.getWriter().write(String.valueOf(status));
  }
}
