package dev.latchkey.agent.client.huc;

import dev.latchkey.core.call.Refusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;

/**
 * Answers without ever being connected; what is written to it is lost. One of https, so that it can
 * stand for either kind: only our own wrapper, which is what the application holds, sees it.
 */
final class RefusedConnection extends HttpsURLConnection {
  private final Refusal refusal;
  private final InputStream body;
  private final String[][] head;

  RefusedConnection(URL url, Refusal refusal) {
    super(url);
    byte[] bytes = refusal.body();
    this.refusal = refusal;
    this.body = new ByteArrayInputStream(bytes);
    this.head =
        new String[][] {
          {null, "HTTP/1.1 " + refusal.status() + " " + refusal.reason()},
          {"Content-Type", refusal.contentType()},
          {"Content-Length", Integer.toString(bytes.length)}
        };
  }

  @Override
  public void connect() {}

  @Override
  public void disconnect() {}

  @Override
  public boolean usingProxy() {
    return false;
  }

  @Override
  public OutputStream getOutputStream() {
    return new OutputStream() {
      @Override
      public void write(int b) {}

      @Override
      public void write(byte[] bytes, int offset, int count) {}
    };
  }

  @Override
  public int getResponseCode() {
    return refusal.status();
  }

  @Override
  public String getResponseMessage() {
    return refusal.reason();
  }

  /** As the JDK's own does for a status from 400 on. */
  @Override
  public InputStream getInputStream() throws IOException {
    throw new IOException(
        "Server returned HTTP response code: " + refusal.status() + " for URL: " + url);
  }

  @Override
  public InputStream getErrorStream() {
    return body;
  }

  @Override
  public @Nullable String getHeaderField(@Nullable String name) {
    for (String[] field : head) {
      boolean same = name == null ? field[0] == null : name.equalsIgnoreCase(field[0]);
      if (same) return field[1];
    }
    return null;
  }

  @Override
  public @Nullable String getHeaderFieldKey(int n) {
    return n < 0 || n >= head.length ? null : head[n][0];
  }

  @Override
  public @Nullable String getHeaderField(int n) {
    return n < 0 || n >= head.length ? null : head[n][1];
  }

  @Override
  public Map<String, List<String>> getHeaderFields() {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    Arrays.stream(head).forEach(f -> fields.put(f[0], Collections.singletonList(f[1])));
    return Collections.unmodifiableMap(fields);
  }

  @Override
  public String getCipherSuite() {
    throw notOpen();
  }

  @Override
  public Certificate[] getLocalCertificates() {
    throw notOpen();
  }

  @Override
  public Certificate[] getServerCertificates() {
    throw notOpen();
  }

  private static IllegalStateException notOpen() {
    return new IllegalStateException("connection not yet open"); // The JDK's own words.
  }
}
