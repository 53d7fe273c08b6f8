package dev.latchkey.agent.client.apache4;

import dev.latchkey.core.provider.AnswerHead;
import org.apache.http.Header;
import org.apache.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** A response of Apache HttpClient 4 as the front door sees it. */
final class Apache4Head extends AnswerHead {
  private final HttpResponse response;

  Apache4Head(HttpResponse response) {
    this.response = response;
  }

  @Override
  public int status() {
    return response.getStatusLine().getStatusCode();
  }

  @Override
  public @Nullable String header(String name) {
    Header header = response.getFirstHeader(name);
    return header == null ? null : header.getValue();
  }
}
