package dev.latchkey.sample.webapp;

import java.io.Serializable;

/** One question and what came back. Immutable. */
final class Reply implements Serializable {
  private static final long serialVersionUID = 1;

  private final String question;
  private final String client;
  private final int status;
  private final String text;

  private Reply(String question, String client, int status, String text) {
    this.question = question;
    this.client = client;
    this.status = status;
    this.text = text;
  }

  /** The provider's answer, or its error text where the status says so. */
  static Reply of(String question, String client, int status, String text) {
    return new Reply(question, client, status, text);
  }

  /** No answer at all, told by status 0. */
  static Reply unreachable(String question, String client, String reason) {
    return new Reply(question, client, 0, reason);
  }

  boolean ok() {
    return status >= 200 && status < 300;
  }

  String question() {
    return question;
  }

  String client() {
    return client;
  }

  int status() {
    return status;
  }

  String text() {
    return text;
  }
}
