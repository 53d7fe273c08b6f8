package dev.latchkey.agent.hop;

import dev.latchkey.core.call.KeyedCall;
import dev.latchkey.core.call.Refusal;
import dev.latchkey.core.provider.AnswerHead;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A call that keeps the front door's promise not to throw; see {@link GuardedCalls}. */
final class GuardedCall implements KeyedCall {
  private final KeyedCall call;

  GuardedCall(KeyedCall call) {
    this.call = call;
  }

  @Override
  public @Nullable Refusal refusal() {
    try {
      return call.refusal();
    } catch (Throwable ours) {
      return null;
    }
  }

  @Override
  public List<Map.Entry<String, String>> headers() {
    try {
      return call.headers();
    } catch (Throwable ours) {
      return Collections.emptyList();
    }
  }

  @Override
  public @Nullable String query(@Nullable String rawQuery) {
    try {
      return call.query(rawQuery);
    } catch (Throwable ours) {
      return rawQuery;
    }
  }

  @Override
  public String hide(String text) {
    try {
      return call.hide(text);
    } catch (Throwable ours) {
      return text;
    }
  }

  @Override
  public boolean wantsBody(AnswerHead head) {
    try {
      return call.wantsBody(head);
    } catch (Throwable ours) {
      return false;
    }
  }

  @Override
  public boolean decided(AnswerHead head, byte[] prefix, int length) {
    try {
      return call.decided(head, prefix, length);
    } catch (Throwable ours) {
      return true;
    }
  }

  @Override
  public boolean answered(AnswerHead head, byte[] prefix) {
    try {
      return call.answered(head, prefix);
    } catch (Throwable ours) {
      return false;
    }
  }

  @Override
  public void failed(Throwable fault) {
    try {
      call.failed(fault);
    } catch (Throwable ours) {
      // The application is about to get its own exception; ours adds nothing to it.
    }
  }

  @Override
  public @Nullable KeyedCall replay(boolean repeatable) {
    try {
      return guarded(call.replay(repeatable));
    } catch (Throwable ours) {
      return null;
    }
  }

  @Override
  public CompletableFuture<@Nullable KeyedCall> replayAsync(boolean repeatable) {
    try {
      return call.replayAsync(repeatable).handle((next, fault) -> guarded(next));
    } catch (Throwable ours) {
      return CompletableFuture.completedFuture(null);
    }
  }

  @Override
  public boolean isReplay() {
    try {
      return call.isReplay();
    } catch (Throwable ours) {
      return true;
    }
  }

  private static @Nullable KeyedCall guarded(@Nullable KeyedCall next) {
    return next == null ? null : new GuardedCall(next);
  }
}
