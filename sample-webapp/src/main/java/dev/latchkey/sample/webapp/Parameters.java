package dev.latchkey.sample.webapp;

import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** Small things that every servlet does with requests and responses. */
final class Parameters {
  private Parameters() {}

  /** A parameter's value, or the empty text. */
  static String text(HttpServletRequest request, String name) {
    String value = request.getParameter(name);
    return value == null ? "" : value.trim();
  }

  /** Sends the browser on with a GET, so that a reload posts nothing twice. */
  static void seeOther(HttpServletRequest request, HttpServletResponse response, String path) {
    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    response.setHeader("Location", request.getContextPath() + path);
  }
}
