package dev.latchkey.agent.contract;

import dev.latchkey.core.call.KeyedCall;
import dev.latchkey.core.call.OutboundCalls;
import dev.latchkey.core.call.Refusal;
import dev.latchkey.core.provider.AnswerHead;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A hop that must not leave; see {@link OutboundCalls}: only its refusal may be asked for. */
final class RefusedCall implements KeyedCall {
  static final String BODY =
      "{\"error\":{\"message\":\"Latchkey: this user's access is disabled\",\"code\":403}}";

  @Override
  public Refusal refusal() {
    return Refusal.forbidden("this user's access is disabled");
  }

  @Override
  public List<Map.Entry<String, String>> headers() {
    throw sent();
  }

  @Override
  public @Nullable String query(@Nullable String rawQuery) {
    throw sent();
  }

  @Override
  public String hide(String text) {
    throw sent();
  }

  @Override
  public boolean wantsBody(AnswerHead head) {
    throw sent();
  }

  @Override
  public boolean decided(AnswerHead head, byte[] prefix, int length) {
    throw sent();
  }

  @Override
  public boolean answered(AnswerHead head, byte[] prefix) {
    throw sent();
  }

  @Override
  public void failed(Throwable fault) {
    throw sent();
  }

  @Override
  public @Nullable KeyedCall replay(boolean repeatable) {
    throw sent();
  }

  @Override
  public CompletableFuture<@Nullable KeyedCall> replayAsync(boolean repeatable) {
    throw sent();
  }

  @Override
  public boolean isReplay() {
    return false;
  }

  private static AssertionError sent() {
    return new AssertionError("used although it must not leave");
  }
}
