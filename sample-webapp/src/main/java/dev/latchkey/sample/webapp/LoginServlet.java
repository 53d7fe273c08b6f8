package dev.latchkey.sample.webapp;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** {@code /login}: the form, and what it posts. */
public final class LoginServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    show(request, response, "", "");
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String name = Parameters.text(request, "name");
    if (!FormToken.isIn(request)) {
      response.setStatus(HttpServletResponse.SC_FORBIDDEN);
      show(request, response, name, "This form has expired. Please log in again.");
    } else if (accepts(name, Parameters.text(request, "password"))) {
      Login.accept(request, name);
      Parameters.seeOther(request, response, "/");
    } else {
      response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
      show(request, response, name, "Name or password is wrong.");
    }
  }

  private boolean accepts(String name, String password) {
    return Application.of(getServletContext()).users.accepts(name, password);
  }

  private void show(
      HttpServletRequest request, HttpServletResponse response, String name, String fault)
      throws IOException {
    Pages pages = Application.of(getServletContext()).pages;
    Map<String, String> values = new HashMap<>();
    values.put("root", request.getContextPath());
    values.put("csrf", FormToken.of(request.getSession()));
    values.put("name", name);
    values.put("fault", fault.isEmpty() ? "" : pages.fill("fault", singleton(fault)));
    pages.send("login", values, response);
  }

  private static Map<String, String> singleton(String fault) {
    return java.util.Collections.singletonMap("text", fault);
  }
}
