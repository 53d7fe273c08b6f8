package dev.latchkey.agent.client.okhttp;

import dev.latchkey.core.provider.AnswerHead;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** An OkHttp response as the front door sees it. */
final class OkHead extends AnswerHead {
  private final Response response;

  OkHead(Response response) {
    this.response = response;
  }

  @Override
  public int status() {
    return response.code();
  }

  @Override
  public @Nullable String header(String name) {
    return response.header(name);
  }
}
