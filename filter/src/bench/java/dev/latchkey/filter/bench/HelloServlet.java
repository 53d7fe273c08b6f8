package dev.latchkey.filter.bench;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers {@code hello}; logs in whoever posts. */
public final class HelloServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    request.getSession(false);
    response.setContentLength(5);
    response.getOutputStream().write(new byte[] {'h', 'e', 'l', 'l', 'o'});
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    request.getSession().setAttribute("user", "alice");
    doGet(request, response);
  }
}
