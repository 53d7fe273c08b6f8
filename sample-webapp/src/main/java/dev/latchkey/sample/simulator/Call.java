package dev.latchkey.sample.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One request as the provider reads it. Immutable. */
final class Call {
  private static final int LARGEST_BODY = 16 * 1024 * 1024;
  private static final String BEARER = "Bearer ";

  private final String method;
  private final String path;
  private final String query;
  private final @Nullable String key;
  private final byte[] body;

  private Call(String method, String path, String query, @Nullable String key, byte[] body) {
    this.method = method;
    this.path = path;
    this.query = query;
    this.key = key;
    this.body = body;
  }

  /**
   * Reads the whole request.
   *
   * @param root the API's root path, cut from the request's
   * @throws IOException if the client goes away, or sends more than 16 MiB
   */
  static Call read(HttpExchange exchange, String root) throws IOException {
    String query = exchange.getRequestURI().getRawQuery();
    return new Call(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getPath().substring(root.length()),
        query == null ? "" : query,
        bearer(exchange.getRequestHeaders().getFirst("Authorization")),
        readBody(exchange.getRequestBody()));
  }

  private static @Nullable String bearer(@Nullable String header) {
    if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) return null;
    return header.substring(BEARER.length()).trim();
  }

  private static byte[] readBody(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      body.write(buffer, 0, n);
      if (body.size() > LARGEST_BODY) throw new IOException("body over 16 MiB");
    }
    return body.toByteArray();
  }

  boolean is(String method, String path) {
    return this.method.equals(method) && this.path.equals(path);
  }

  String method() {
    return method;
  }

  /** The path below the API's root, such as {@code /keys}. */
  String path() {
    return path;
  }

  /** A query parameter's raw value, or the default. */
  String parameter(String name, String defaultValue) {
    for (String pair : query.split("&")) {
      if (pair.startsWith(name + "=")) return pair.substring(name.length() + 1);
    }
    return defaultValue;
  }

  /** The bearer token, or null where the request carries none. */
  @Nullable String key() {
    return key;
  }

  byte[] body() {
    return body;
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
