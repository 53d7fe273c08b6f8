package dev.latchkey.core.provider;

import java.time.Instant;

/**
 * Tells from an answer what became of the key, by the provider's ordered rules. Pure; safe for use
 * by many threads. Never throws, whatever the answer holds.
 */
public interface Classifier {
  /** The longest part of a body that rules look at, in bytes. */
  int PEEK_LIMIT = 8192;

  /** No body at all. */
  byte[] NO_BODY = new byte[0];

  /**
   * Whether the verdict may depend on the body. Never true for a stream of events ({@code
   * text/event-stream}, {@code application/x-ndjson} and their like).
   */
  boolean wantsBody(AnswerHead head);

  /**
   * Whether this much of the body decides: no rule can change its mind however the body goes on. An
   * adapter peeks at a growing prefix until this is true, the body ends, or {@link #PEEK_LIMIT}
   * bytes are there; so a body that streams slowly is held back no longer than needed.
   *
   * @param prefix holds {@code length} bytes of the body from its beginning
   */
  boolean decided(AnswerHead head, byte[] prefix, int length);

  /**
   * The verdict.
   *
   * @param prefix the body's beginning, at most {@link #PEEK_LIMIT} bytes; {@link #NO_BODY} where
   *     {@link #wantsBody} said no
   * @param now for retry times given as a span, and for quota periods
   */
  Classification classify(AnswerHead head, byte[] prefix, Instant now);
}
