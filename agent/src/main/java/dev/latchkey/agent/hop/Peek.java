package dev.latchkey.agent.hop;

import dev.latchkey.core.call.KeyedCall;
import dev.latchkey.core.provider.AnswerHead;
import dev.latchkey.core.provider.Classifier;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of an answer's body, read for the classifier and handed out again to the
 * application: every byte, the rest as it comes, and an exception where one came. Bounded by {@link
 * Classifier#PEEK_LIMIT}. Used by one thread at a time.
 */
public final class Peek {
  private final byte[] raw = new byte[Classifier.PEEK_LIMIT];
  private int length;
  private boolean ended;
  private @Nullable IOException fault;

  private Peek() {}

  /** Reads as much of the body as decides the verdict; waits for it, but for no byte more. */
  public static Peek into(InputStream body, KeyedCall call, AnswerHead head) {
    Peek peek = new Peek();
    while (peek.wantsMore(call, head)) peek.more(body);
    return peek;
  }

  /** What was read, for {@link KeyedCall#answered}. */
  public byte[] prefix() {
    return Arrays.copyOf(raw, length);
  }

  /** The body as if nobody had looked. */
  public InputStream whole(InputStream rest) {
    return new PeekedStream(Arrays.copyOf(raw, length), ended, fault, rest);
  }

  private boolean wantsMore(KeyedCall call, AnswerHead head) {
    if (ended || fault != null || length == raw.length) return false;
    return !call.decided(head, raw, length);
  }

  private void more(InputStream body) {
    try {
      int n = body.read(raw, length, raw.length - length);
      ended = n < 0;
      length += Math.max(n, 0);
    } catch (IOException e) {
      fault = e;
    }
  }
}
