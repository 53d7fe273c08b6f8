package dev.latchkey.filter.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A browser as far as servers see one: it keeps cookies, and follows no redirect by itself. */
public final class Visitor {
  private static final int PATIENCE_MS = 60_000;

  private final Server server;
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private final Map<String, String> headers = new LinkedHashMap<>();

  private Visitor(Server server) {
    this.server = server;
  }

  /** Somebody without cookies. */
  public static Visitor of(Server server) {
    return new Visitor(server);
  }

  /** Sends this header from now on. */
  public Visitor header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** Gets a page. */
  public Reply get(String path) throws IOException {
    return send("GET", path, "application/x-www-form-urlencoded", null);
  }

  /** Posts a form, written as {@code a=b&c=d}. */
  public Reply post(String path, String form) throws IOException {
    return send("POST", path, "application/x-www-form-urlencoded", form.getBytes(UTF_8));
  }

  /** Posts JSON. */
  public Reply json(String path, String json) throws IOException {
    return send("POST", path, "application/json", json.getBytes(UTF_8));
  }

  private synchronized Reply send(
      String method, String path, String type, byte @org.jspecify.annotations.Nullable [] body)
      throws IOException {
    HttpURLConnection connection = (HttpURLConnection) new URL(server.url(path)).openConnection();
    connection.setRequestMethod(method);
    connection.setInstanceFollowRedirects(false);
    connection.setConnectTimeout(PATIENCE_MS);
    connection.setReadTimeout(PATIENCE_MS);
    headers.forEach(connection::setRequestProperty);
    if (!cookies.isEmpty()) connection.setRequestProperty("Cookie", cookieLine());
    if (body != null) {
      connection.setRequestProperty("Content-Type", type);
      connection.setDoOutput(true);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(body);
      }
    }
    return read(connection);
  }

  private Reply read(HttpURLConnection connection) throws IOException {
    int status = connection.getResponseCode();
    InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream();
    Reply reply =
        new Reply(status, connection.getHeaderFields(), in == null ? new byte[0] : all(in));
    for (Map.Entry<String, List<String>> header : reply.headers().entrySet()) {
      if ("Set-Cookie".equalsIgnoreCase(header.getKey())) header.getValue().forEach(this::keep);
    }
    return reply;
  }

  private void keep(String cookie) {
    String pair = cookie.split(";", 2)[0];
    int equals = pair.indexOf('=');
    cookies.put(pair.substring(0, equals), pair.substring(equals + 1));
  }

  private String cookieLine() {
    StringBuilder line = new StringBuilder();
    cookies.forEach((name, value) -> line.append(name).append('=').append(value).append("; "));
    return line.toString();
  }

  private static byte[] all(InputStream in) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) out.write(buffer, 0, n);
    return out.toByteArray();
  }
}
