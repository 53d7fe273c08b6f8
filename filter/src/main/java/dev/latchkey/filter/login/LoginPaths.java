package dev.latchkey.filter.login;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where an application takes logins: the init parameter {@code login-path}. Immutable. */
public final class LoginPaths {
  private final Set<String> paths;

  private LoginPaths(Set<String> paths) {
    this.paths = paths;
  }

  /** Nowhere in particular. */
  public static LoginPaths none() {
    return new LoginPaths(new HashSet<>());
  }

  /** The paths in this text, with commas between them; null if one does not begin with a slash. */
  public static @Nullable LoginPaths parse(String text) {
    Set<String> paths = new HashSet<>();
    for (String path : text.split(",")) {
      if (!path.trim().startsWith("/")) return null;
      paths.add(path.trim());
    }
    return paths.isEmpty() ? null : new LoginPaths(paths);
  }

  /** Whether none is known. */
  public boolean isEmpty() {
    return paths.isEmpty();
  }

  /** Whether this request may be a login. */
  public boolean match(HttpServletRequest request) {
    if (paths.isEmpty() || !"POST".equals(request.getMethod())) return false;
    String rest = request.getPathInfo();
    return paths.contains(
        rest == null ? request.getServletPath() : request.getServletPath() + rest);
  }
}
