package dev.latchkey.core.provider;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** An answer's head for tests. */
final class Answers extends AnswerHead {
  private final int status;
  private final Map<String, String> headers = new LinkedHashMap<>();

  private Answers(int status) {
    this.status = status;
  }

  /** A head of JSON with further headers, name and value in turn. */
  static Answers json(int status, String... headers) {
    return plain(status, headers).with("Content-Type", "application/json");
  }

  /** A head with these headers only. */
  static Answers plain(int status, String... headers) {
    Answers answer = new Answers(status);
    for (int i = 0; i + 1 < headers.length; i += 2) answer.with(headers[i], headers[i + 1]);
    return answer;
  }

  private Answers with(String name, String value) {
    headers.put(name.toLowerCase(Locale.ROOT), value);
    return this;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public String header(String name) {
    return headers.get(name.toLowerCase(Locale.ROOT));
  }

  @Override
  public String toString() {
    return status + " " + headers;
  }
}
