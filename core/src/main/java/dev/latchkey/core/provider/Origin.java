package dev.latchkey.core.provider;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One base URL: a call belongs to it when scheme, host and port are the same and the path lies
 * under the base URL's, by whole segments. Immutable.
 */
final class Origin {
  private final String scheme;
  private final String host;
  private final int port;
  private final String path;

  private Origin(String scheme, String host, int port, String path) {
    this.scheme = scheme;
    this.host = host;
    this.port = port;
    this.path = path;
  }

  /**
   * The origin of a base URL.
   *
   * @throws IllegalArgumentException with what is wrong, for people
   */
  static Origin of(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not a URL; write https://host/path");
    }
    String scheme =
        uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT).intern();
    String refusal = refuse(uri, scheme);
    if (refusal != null) throw new IllegalArgumentException(refusal);
    String host = bare(uri.getHost());
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    while (path.endsWith("/")) path = path.substring(0, path.length() - 1);
    if (!Paths.isPlain(path + "/")) {
      throw new IllegalArgumentException("its path must not hold %, //, ; or dots as a segment");
    }
    return new Origin(scheme, host, port(scheme, uri.getPort()), path);
  }

  private static @Nullable String refuse(URI uri, String scheme) {
    if (!scheme.equals("https") && !scheme.equals("http")) return "must start with https://";
    if (uri.getHost() == null) return "has no host; write https://host/path";
    if (uri.getRawUserInfo() != null) return "must not hold a user or password";
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      return "must not have a query or a fragment";
    }
    if (scheme.equals("http") && !isLoopback(bare(uri.getHost()))) {
      return "http:// is allowed for this machine only (localhost, 127.x.x.x, [::1]): a key must "
          + "not travel unencrypted; write https://";
    }
    return null;
  }

  /** Whether scheme, host and port are these. Allocates nothing. */
  boolean isAt(String otherScheme, String otherHost, int otherPort) {
    return port == port(otherScheme, otherPort)
        && isHost(otherHost)
        && scheme.equalsIgnoreCase(otherScheme);
  }

  /** Asked several times a call, mostly of a host as it is written here. */
  private boolean isHost(String other) {
    return host.equals(other)
        || host.length() == unbracketed(other)
            && host.regionMatches(true, 0, other, bracket(other), host.length());
  }

  /**
   * The raw path under which calls belong to it; empty for all, never with {@code /} at the end.
   */
  String path() {
    return path;
  }

  /** The base URL in normal form, without {@code /} at the end. */
  String url() {
    String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    String end = port == port(scheme, -1) ? "" : ":" + port;
    return scheme + "://" + shown + end + path;
  }

  private static int port(String scheme, int port) {
    if (port >= 0) return port;
    return scheme.equalsIgnoreCase("https") ? 443 : 80;
  }

  private static int bracket(String host) {
    return host.startsWith("[") ? 1 : 0;
  }

  private static int unbracketed(String host) {
    return host.length() - 2 * bracket(host);
  }

  private static String bare(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.startsWith("[") ? lower.substring(1, lower.length() - 1) : lower;
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.equals("::1")
        || host.equals("0:0:0:0:0:0:0:1")
        || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }

  /** Whether one of the origins is the place, and the path is managed there. */
  static boolean anyManages(
      List<Origin> origins,
      List<String> except,
      String scheme,
      String host,
      int port,
      String path) {
    for (int i = 0; i < origins.size(); i++) {
      Origin origin = origins.get(i);
      if (origin.isAt(scheme, host, port) && Paths.isManaged(origin.path, except, path)) {
        return true;
      }
    }
    return false;
  }
}
