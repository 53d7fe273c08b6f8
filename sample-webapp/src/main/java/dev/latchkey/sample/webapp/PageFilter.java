package dev.latchkey.sample.webapp;

import java.io.IOException;
import javax.servlet.Filter;
import javax.servlet.FilterChain;
import javax.servlet.FilterConfig;
import javax.servlet.ServletException;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** Sets the character encoding and the browser's safety headers, and asks strangers to log in. */
public final class PageFilter implements Filter {
  @Override
  public void init(FilterConfig config) {}

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    HttpServletResponse answer = (HttpServletResponse) response;
    http.setCharacterEncoding("UTF-8");
    protect(answer);
    if (isOpen(http.getServletPath()) || Login.user(http) != null) {
      chain.doFilter(request, response);
    } else {
      Parameters.seeOther(http, answer, "/login");
    }
  }

  /** The API answers strangers itself, in JSON. */
  private static boolean isOpen(String path) {
    return path.equals("/login") || path.equals("/api") || path.equals("/style.css");
  }

  private static void protect(HttpServletResponse response) {
    response.setHeader(
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
            + " base-uri 'none'; frame-ancestors 'none'");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "same-origin");
    response.setHeader("Cache-Control", "no-store");
  }

  @Override
  public void destroy() {}
}
