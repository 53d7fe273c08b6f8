package dev.latchkey.agent.hop;

import dev.latchkey.core.call.KeyedCall;
import dev.latchkey.core.provider.AnswerHead;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A call that can do nothing but hide its key. */
final class HidingCall implements KeyedCall {
  private final String key;

  HidingCall(String key) {
    this.key = key;
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
    return text.replace(key, "***");
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
