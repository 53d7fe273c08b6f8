package dev.latchkey.core.call;

import dev.latchkey.core.provider.AnswerHead;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A call that must not leave. An adapter that does not ask for the refusal sends the call as the
 * application made it: there is no key in here.
 */
final class RefusedCall implements KeyedCall {
  private static final RefusedCall DISABLED =
      new RefusedCall(Refusal.forbidden("this user's access is disabled"));

  private final Refusal refusal;

  private RefusedCall(Refusal refusal) {
    this.refusal = refusal;
  }

  static KeyedCall ofDisabled() {
    return DISABLED;
  }

  @Override
  public Refusal refusal() {
    return refusal;
  }

  @Override
  public List<Map.Entry<String, String>> headers() {
    return Collections.emptyList();
  }

  @Override
  public @Nullable String query(@Nullable String rawQuery) {
    return rawQuery;
  }

  @Override
  public String hide(String text) {
    return text;
  }

  @Override
  public boolean wantsBody(AnswerHead head) {
    return false;
  }

  @Override
  public boolean decided(AnswerHead head, byte[] prefix, int length) {
    return true;
  }

  @Override
  public boolean answered(AnswerHead head, byte[] prefix) {
    return false;
  }

  @Override
  public void failed(Throwable fault) {}

  @Override
  public @Nullable KeyedCall replay(boolean repeatable) {
    return null;
  }

  @Override
  public CompletableFuture<@Nullable KeyedCall> replayAsync(boolean repeatable) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public boolean isReplay() {
    return false;
  }
}
