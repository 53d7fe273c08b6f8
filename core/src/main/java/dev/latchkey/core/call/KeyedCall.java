package dev.latchkey.core.call;

import dev.latchkey.core.provider.AnswerHead;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One hop that carries one of our keys; see {@link OutboundCalls} for when to call what. Nothing
 * here throws. Used by one thread at a time.
 */
public interface KeyedCall {

  /**
   * Duty 2: the answer to give instead of sending; null, as almost always, to send. Of a call that
   * has one nothing else is used, and nothing is reported.
   */
  default @Nullable Refusal refusal() {
    return null;
  }

  /** Duty 3: the headers to set, by name; empty when the query carries the key. */
  List<Map.Entry<String, String>> headers();

  /**
   * Duty 3: the raw query to send; the same instance where it need not change.
   *
   * @param rawQuery the application's raw query without {@code ?}; null for none
   */
  @Nullable String query(@Nullable String rawQuery);

  /** Duty 4: the text with our key taken out of it, in every encoding it may have. */
  String hide(String text);

  /** Duty 5: whether the body's beginning is needed before {@link #answered}. */
  boolean wantsBody(AnswerHead head);

  /** Duty 5: whether this much of the body is enough; see {@code Classifier.decided}. */
  boolean decided(AnswerHead head, byte[] prefix, int length);

  /**
   * Duty 5: the answer is here.
   *
   * @param prefix what was peeked of the body; empty where it was not wanted
   * @return whether {@link #replay} should be asked; always false for a replay
   */
  boolean answered(AnswerHead head, byte[] prefix);

  /** Duty 5: no answer came; no key is blamed. */
  void failed(Throwable fault);

  /**
   * Duty 6: gets another key, within 15 seconds.
   *
   * @param repeatable whether the request, body and all, can be sent again; if not, the key is
   *     renewed in the background all the same and null is returned at once
   * @return the call to send instead, or null to hand back the answer that came
   */
  @Nullable KeyedCall replay(boolean repeatable);

  /** {@link #replay} on a thread of ours; completes with null where that returns null. */
  CompletableFuture<@Nullable KeyedCall> replayAsync(boolean repeatable);

  /** Whether this call is itself a replay. */
  boolean isReplay();
}
