package dev.latchkey.agent.client.jdk;

import dev.latchkey.core.provider.AnswerHead;
import java.net.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** A response of {@code java.net.http} as the front door sees it. */
final class JdkHead extends AnswerHead {
  private final int status;
  private final HttpHeaders headers;

  JdkHead(int status, HttpHeaders headers) {
    this.status = status;
    this.headers = headers;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public @Nullable String header(String name) {
    return headers.firstValue(name).orElse(null);
  }
}
