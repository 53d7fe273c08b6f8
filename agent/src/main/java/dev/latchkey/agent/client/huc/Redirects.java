package dev.latchkey.agent.client.huc;

import java.net.MalformedURLException;
import java.net.URL;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's rules for redirects, taken from {@code sun.net.www.protocol.http.HttpURLConnection}:
 * 300 to 307 but 304 and 306; never to another protocol; a POST becomes a GET except for a 307;
 * cookies and {@code Authorization} stay with the host they were meant for. 305 is not followed.
 */
final class Redirects {
  private Redirects() {}

  /** Where the answer sends the client; null where it stays. */
  static @Nullable URL target(URL from, Answer answer) {
    int status = answer.status();
    if (status < 300 || status > 307 || status == 304 || status == 305 || status == 306)
      return null;
    String location = answer.hide(answer.header("Location"));
    if (location == null) return null;
    URL to = resolved(from, location);
    return to != null && to.getProtocol().equalsIgnoreCase(from.getProtocol()) ? to : null;
  }

  static boolean dropsBody(String method, int status) {
    return method.equals("POST") && status != 307 && !Boolean.getBoolean("http.strictPostRedirect");
  }

  static boolean isElsewhere(URL from, URL to) {
    return !from.getHost().equalsIgnoreCase(to.getHost()) || port(from) != port(to);
  }

  static void forget(RequestProperties properties) {
    properties.remove("Authorization");
    properties.remove("Cookie");
    properties.remove("Cookie2");
  }

  private static @Nullable URL resolved(URL from, String location) {
    try {
      return new URL(from, location);
    } catch (MalformedURLException e) {
      return null;
    }
  }

  private static int port(URL url) {
    return url.getPort() < 0 ? url.getDefaultPort() : url.getPort();
  }
}
