package dev.latchkey.sample.webapp.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The client that has always been there. */
final class UrlConnectionCaller implements HttpCaller {
  @Override
  public String label() {
    return "HttpURLConnection";
  }

  @Override
  public HttpReply post(String url, Map<String, String> headers, String json) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) new URL(url).openConnection();
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(READ_MILLIS);
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", "application/json");
    headers.forEach(connection::setRequestProperty);
    try (OutputStream out = connection.getOutputStream()) {
      out.write(json.getBytes(StandardCharsets.UTF_8));
    }
    return read(connection);
  }

  private static HttpReply read(HttpURLConnection connection) throws IOException {
    int status = connection.getResponseCode();
    try (InputStream in =
        status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      return new HttpReply(status, text(in));
    }
  }

  private static String text(@Nullable InputStream in) throws IOException {
    if (in == null) return "";
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] buffer = new byte[4096];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) body.write(buffer, 0, n);
    return new String(body.toByteArray(), StandardCharsets.UTF_8);
  }
}
