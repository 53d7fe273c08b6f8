package dev.latchkey.agent.client.apache5;

import dev.latchkey.agent.hop.Peek;
import dev.latchkey.agent.hop.Replayed;
import dev.latchkey.core.call.KeyedCall;
import dev.latchkey.core.provider.AnswerHead;
import dev.latchkey.core.provider.Classifier;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.client5.http.impl.classic.RequestFailedException;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** What both kinds of client do with an answer. */
abstract class Apache5Call<R extends ClassicHttpResponse> extends Replayed<R> {
  private final @Nullable HttpEntity body;

  Apache5Call(@Nullable HttpEntity body) {
    this.body = body;
  }

  @Override
  protected final AnswerHead head(R answer) {
    return new Apache5Head(answer);
  }

  @Override
  protected final byte[] peek(R answer, KeyedCall call, AnswerHead head) throws IOException {
    HttpEntity entity = answer.getEntity();
    if (entity == null) return Classifier.NO_BODY;
    InputStream in = entity.getContent();
    Peek peek = Peek.into(in, call, head);
    answer.setEntity(new PeekedEntity(entity, peek.whole(in)));
    return peek.prefix();
  }

  @Override
  protected final void relocate(R answer, String location) {
    answer.setHeader("Location", location);
  }

  @Override
  protected final boolean repeatable() {
    return body == null || body.isRepeatable();
  }

  @Override
  protected final Exception cancellation() {
    return new RequestFailedException("Request aborted");
  }

  @Override
  protected final void letGo(R answer) throws IOException {
    answer.close();
  }
}
