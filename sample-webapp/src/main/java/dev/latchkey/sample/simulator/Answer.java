package dev.latchkey.sample.simulator;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the simulator answers: a status, headers and a body that may be sent in several pieces.
 * Immutable.
 */
final class Answer {
  private final int status;
  private final Map<String, String> headers;
  private final String[] pieces;

  private Answer(int status, Map<String, String> headers, String... pieces) {
    this.status = status;
    this.headers = headers;
    this.pieces = pieces;
  }

  static Answer json(int status, Map<String, @Nullable Object> body) {
    return of(status, "application/json", Json.write(body));
  }

  /** Each piece is flushed on its own, as a provider streams. */
  static Answer events(String... pieces) {
    return of(200, "text/event-stream", pieces);
  }

  /** The provider's error shape: {@code {"error":{"message":…,"code":…}}}. */
  static Answer error(int status, String message) {
    return json(status, Json.object("error", Json.object("message", message, "code", status)));
  }

  /** The same with {@code error.metadata}. */
  static Answer error(int status, String message, Map<String, @Nullable Object> metadata) {
    return json(
        status,
        Json.object(
            "error", Json.object("message", message, "code", status, "metadata", metadata)));
  }

  private static Answer of(int status, String type, String... pieces) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", type);
    return new Answer(status, headers, pieces);
  }

  Answer with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, more, pieces);
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  boolean streamed() {
    return pieces.length > 1;
  }

  byte[][] pieces() {
    byte[][] bytes = new byte[pieces.length][];
    for (int i = 0; i < pieces.length; i++) bytes[i] = pieces[i].getBytes(StandardCharsets.UTF_8);
    return bytes;
  }
}
