package dev.latchkey.agent.contract;

import java.io.IOException;
import java.io.OutputStream;

/** Writes an answer's raw bytes; every step reaches the wire at once. */
final class Reply {
  private final OutputStream out;
  private final boolean headOnly;
  private boolean closing;

  Reply(OutputStream out, boolean headOnly) {
    this.out = out;
    this.headOnly = headOnly;
  }

  /** A whole answer with its length; {@code headers} are names and values in turn. */
  void send(int status, byte[] body, String... headers) throws IOException {
    boolean bare = status == 204 || status == 304;
    head(status, bare ? headers : with(headers, "Content-Length", "" + body.length));
    if (!headOnly && !bare) raw(body);
  }

  void send(int status, String body, String... headers) throws IOException {
    send(status, Bytes.of(body), headers);
  }

  /** The head of a chunked answer. */
  void chunked(int status, String... headers) throws IOException {
    head(status, with(headers, "Transfer-Encoding", "chunked"));
  }

  void chunk(byte[] bytes) throws IOException {
    raw(Bytes.of(Integer.toHexString(bytes.length) + "\r\n"));
    raw(bytes);
    raw(Bytes.of("\r\n"));
  }

  void end() throws IOException {
    raw(Bytes.of("0\r\n\r\n"));
  }

  void raw(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** The connection ends after this answer. */
  void close() {
    closing = true;
  }

  boolean closing() {
    return closing;
  }

  void head(int status, String... headers) throws IOException {
    StringBuilder text = new StringBuilder("HTTP/1.1 " + status + " Whatever\r\n");
    for (int i = 0; i < headers.length; i += 2) {
      text.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
    }
    raw(Bytes.of(text.append("\r\n").toString()));
  }

  private static String[] with(String[] headers, String name, String value) {
    String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = name;
    all[headers.length + 1] = value;
    return all;
  }
}
