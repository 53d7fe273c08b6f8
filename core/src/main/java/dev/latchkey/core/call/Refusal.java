package dev.latchkey.core.call;

import java.nio.charset.StandardCharsets;

/** An answer that the application gets although nothing was sent. Immutable. */
public final class Refusal {
  private final int status;
  private final String reason;
  private final String body;

  private Refusal(int status, String reason, String body) {
    this.status = status;
    this.reason = reason;
    this.body = body;
  }

  /** A refusal whose body is {@code {"error":{"message":"Latchkey: MESSAGE","code":403}}}. */
  public static Refusal forbidden(String message) {
    String text = "{\"error\":{\"message\":\"Latchkey: " + message + "\",\"code\":403}}";
    return new Refusal(403, "Forbidden", text);
  }

  /** The status, such as 403. */
  public int status() {
    return status;
  }

  /** The status in words, for clients that show them. */
  public String reason() {
    return reason;
  }

  /** The body's type. */
  public String contentType() {
    return "application/json; charset=utf-8";
  }

  /** The body; a new array each time. */
  public byte[] body() {
    return body.getBytes(StandardCharsets.UTF_8);
  }
}
