package dev.latchkey.filter.server;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a server answered. Immutable. */
public final class Reply {
  private final int status;
  private final Map<String, List<String>> headers;
  private final byte[] body;

  Reply(int status, Map<String, List<String>> headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /** The status. */
  public int status() {
    return status;
  }

  /** The first value of a header, whatever its case; null for none. */
  public @Nullable String header(String name) {
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      if (name.equalsIgnoreCase(header.getKey())) return header.getValue().get(0);
    }
    return null;
  }

  Map<String, List<String>> headers() {
    return headers;
  }

  /** The body as it came. */
  public byte[] body() {
    return body.clone();
  }

  /** The body as UTF-8. */
  public String text() {
    return text(StandardCharsets.UTF_8);
  }

  /** The body. */
  public String text(Charset charset) {
    return new String(body, charset);
  }

  @Override
  public String toString() {
    return status + " " + headers + "\n" + text();
  }
}
