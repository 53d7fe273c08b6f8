package dev.latchkey.agent.client.apache5;

import dev.latchkey.core.provider.AnswerHead;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** A response of Apache HttpClient 5 as the front door sees it. */
final class Apache5Head extends AnswerHead {
  private final HttpResponse response;

  Apache5Head(HttpResponse response) {
    this.response = response;
  }

  @Override
  public int status() {
    return response.getCode();
  }

  @Override
  public @Nullable String header(String name) {
    Header header = response.getFirstHeader(name);
    return header == null ? null : header.getValue();
  }
}
