package dev.latchkey.sample.webapp.client;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;

/** Posts JSON with one HTTP client. Thread-safe; made once and shared by all requests. */
public interface HttpCaller extends Closeable {
  /** How long a connection may take, in milliseconds. */
  int CONNECT_MILLIS = 10_000;

  /** How long the other side may be silent, in milliseconds. */
  int READ_MILLIS = 60_000;

  /** What the page calls the client. */
  String label();

  /**
   * Posts a JSON text and reads the whole answer, whatever its status.
   *
   * @throws IOException if no answer came
   */
  HttpReply post(String url, Map<String, String> headers, String json) throws IOException;

  @Override
  default void close() throws IOException {}
}
