package dev.latchkey.sample.webapp.client;

/** An answer's status and text. Immutable. */
public final class HttpReply {
  private final int status;
  private final String body;

  HttpReply(int status, String body) {
    this.status = status;
    this.body = body;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The whole body, read as UTF-8; empty where there was none. */
  public String body() {
    return body;
  }
}
