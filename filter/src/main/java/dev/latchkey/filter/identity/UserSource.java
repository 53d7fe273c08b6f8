package dev.latchkey.filter.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Where a request says whose it is: the init parameter {@code user}. Reading it parses no body and
 * makes no session. Immutable.
 */
public final class UserSource {
  private enum Kind {
    PRINCIPAL,
    SESSION,
    HEADER,
    PARAM
  }

  private final Kind kind;
  private final String name;
  private final TrustedProxies proxies;

  private UserSource(Kind kind, String name, TrustedProxies proxies) {
    this.kind = kind;
    this.name = name;
    this.proxies = proxies;
  }

  /**
   * The source with this text; null if the text is none.
   *
   * @param text {@code principal}, {@code session:NAME}, {@code header:NAME} or {@code param:NAME}
   * @param proxies whose headers are believed
   */
  public static @Nullable UserSource parse(String text, TrustedProxies proxies) {
    if (text.equals("principal")) return new UserSource(Kind.PRINCIPAL, "", proxies);
    int colon = text.indexOf(':');
    String name = text.substring(colon + 1).trim();
    if (colon < 0 || name.isEmpty()) return null;
    switch (text.substring(0, colon)) {
      case "session":
        return new UserSource(Kind.SESSION, name, proxies);
      case "header":
        return new UserSource(Kind.HEADER, name, proxies);
      case "param":
        return new UserSource(Kind.PARAM, name, proxies);
      default:
        return null;
    }
  }

  /** Whether only a login itself tells the user, so that he must be remembered. */
  public boolean isToldAtLoginOnly() {
    return kind == Kind.PARAM;
  }

  /** Whether a header tells the user. */
  public boolean isHeader() {
    return kind == Kind.HEADER;
  }

  /** The user of a request, at any time; null where it has none. */
  public @Nullable String of(HttpServletRequest request) {
    switch (kind) {
      case PRINCIPAL:
        Principal principal = request.getUserPrincipal();
        return principal == null ? null : text(principal.getName());
      case SESSION:
        HttpSession session = request.getSession(false);
        return session == null ? null : text(SessionValue.of(session, name));
      case HEADER:
        return proxies.trust(request.getRemoteAddr()) ? text(request.getHeader(name)) : null;
      default:
        return null;
    }
  }

  /**
   * The user of a login that the application has accepted; null where it has none. Only now may
   * parameters be read: before the application has, that would decide on their character encoding
   * for it.
   */
  public @Nullable String ofLogin(HttpServletRequest request) {
    return kind == Kind.PARAM ? text(request.getParameter(name)) : of(request);
  }

  private static @Nullable String text(@Nullable String value) {
    if (value == null) return null;
    String trimmed = value.trim();
    return trimmed.isEmpty() ? null : trimmed;
  }
}
