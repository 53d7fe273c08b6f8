package dev.latchkey.sample.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One person's browser: keeps the session cookie, sends forms with their hidden token and follows
 * the redirect after it. Questions may be asked from several threads once logged in.
 */
final class Browser {
  private static final int CONNECT_MILLIS = 5_000;
  private static final int READ_MILLIS = 60_000;

  private final String root;
  private volatile String cookie = "";

  /**
   * Opens no page yet.
   *
   * @param root the application's URL without a slash at the end
   */
  Browser(String root) {
    this.root = root;
  }

  /** Fills in the log-in form and sends it; returns the page that follows. */
  Page logIn(String name, String password) throws IOException {
    return submit("/login", "name", name, "password", password);
  }

  /** Logs in as a script does; returns the JSON that it is answered. */
  String logInByScript(String name, String password) throws IOException {
    String json = "{\"name\":\"" + name + "\",\"password\":\"" + password + "\"}";
    return exchange("POST", "/api/login", "application/json", json).html();
  }

  /**
   * Asks one question.
   *
   * @param client the HTTP client's short name in the form
   * @return the entry for it in the history
   * @throws IOException if the page has none
   */
  Entry ask(String question, String client) throws IOException {
    return submit("/", "question", question, "client", client).entry(question);
  }

  /** Opens a page. */
  Page open(String path) throws IOException {
    return exchange("GET", path, null);
  }

  private Page submit(String path, String... namesAndValues) throws IOException {
    StringBuilder form = new StringBuilder("csrf=").append(open(path).token());
    for (int i = 0; i < namesAndValues.length; i += 2) {
      form.append('&').append(encode(namesAndValues[i]));
      form.append('=').append(encode(namesAndValues[i + 1]));
    }
    return exchange("POST", path, form.toString());
  }

  /** One request with the cookie, and the redirect after it. */
  Page exchange(String method, String path, @Nullable String form) throws IOException {
    return exchange(method, path, "application/x-www-form-urlencoded", form);
  }

  private Page exchange(String method, String path, String type, @Nullable String body)
      throws IOException {
    HttpURLConnection connection = (HttpURLConnection) new URL(root + path).openConnection();
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(READ_MILLIS);
    connection.setInstanceFollowRedirects(false);
    connection.setRequestMethod(method);
    if (!cookie.isEmpty()) connection.setRequestProperty("Cookie", cookie);
    if (body != null) send(type, body, connection);
    int status = connection.getResponseCode();
    remember(connection.getHeaderField("Set-Cookie"));
    String html = read(status < 400 ? connection.getInputStream() : connection.getErrorStream());
    String next = connection.getHeaderField("Location");
    return next == null ? new Page(status, html) : exchange("GET", next, null);
  }

  private void remember(@Nullable String setCookie) {
    if (setCookie != null) cookie = setCookie.split(";")[0];
  }

  private static void send(String type, String body, HttpURLConnection connection)
      throws IOException {
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", type);
    try (OutputStream out = connection.getOutputStream()) {
      out.write(body.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String read(@Nullable InputStream in) throws IOException {
    if (in == null) return "";
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) out.write(buffer, 0, n);
    in.close();
    return new String(out.toByteArray(), StandardCharsets.UTF_8);
  }

  private static String encode(String text) {
    try {
      return URLEncoder.encode(text, "UTF-8");
    } catch (IOException e) {
      throw new UncheckedIOException("every Java platform has UTF-8", e);
    }
  }
}
