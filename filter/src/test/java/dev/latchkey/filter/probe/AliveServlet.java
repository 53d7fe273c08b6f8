package dev.latchkey.filter.probe;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Another text after each deployment. */
public final class AliveServlet extends HttpServlet {
  private static final long serialVersionUID = 1;
  private static final String DEPLOYMENT = java.util.UUID.randomUUID().toString();

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.getWriter().write(DEPLOYMENT);
  }
}
