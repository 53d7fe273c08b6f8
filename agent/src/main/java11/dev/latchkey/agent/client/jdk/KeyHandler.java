package dev.latchkey.agent.client.jdk;

import dev.latchkey.core.call.KeyedCall;
import dev.latchkey.core.provider.AnswerHead;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;

/** Stands before the application's handler: the last hop's head is here, its body not yet. */
final class KeyHandler<T> implements BodyHandler<T> {
  private final BodyHandler<T> handler;
  private final JdkCall call;

  KeyHandler(BodyHandler<T> handler, JdkCall call) {
    this.handler = handler;
    this.call = call;
  }

  @Override
  public BodySubscriber<T> apply(ResponseInfo info) {
    JdkHop hop = call.lastHop();
    KeyedCall key = hop.key();
    if (key == null) return handler.apply(info);
    AnswerHead head = new JdkHead(info.statusCode(), info.headers());
    boolean peeks = key.wantsBody(head);
    if (!peeks && !hop.report(head)) return handler.apply(info);
    return new HeldBody<>(() -> handler.apply(info), hop, key, head, peeks);
  }
}
