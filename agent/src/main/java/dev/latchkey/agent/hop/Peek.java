package dev.latchkey.agent.hop;

import dev.latchkey.core.call.KeyedCall;
import dev.latchkey.core.provider.AnswerHead;
import dev.latchkey.core.provider.Classifier;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of an answer's body, read for the classifier and handed out again to the
 * application: every byte, the rest as it comes, and an exception where one came. Bounded by {@link
 * Classifier#PEEK_LIMIT}. Used by one thread at a time.
 */
public final class Peek {
  private final byte[] raw = new byte[Classifier.PEEK_LIMIT];
  private final boolean zipped;
  private int length;
  private boolean ended;
  private @Nullable IOException fault;

  private Peek(boolean zipped) {
    this.zipped = zipped;
  }

  /** Reads as much of the body as decides the verdict; waits for it, but for no byte more. */
  public static Peek into(InputStream body, KeyedCall call, AnswerHead head) {
    Peek peek = new Peek(isZipped(head));
    while (peek.wantsMore(call, head)) peek.more(body);
    return peek;
  }

  /** What was read, for {@link KeyedCall#answered}; unpacked where the body is packed. */
  public byte[] prefix() {
    return zipped ? unzipped(raw, length) : Arrays.copyOf(raw, length);
  }

  /** The beginning of a body as the classifier can read it. */
  public static byte[] readable(AnswerHead head, byte[] raw, int length) {
    return isZipped(head) ? unzipped(raw, length) : Arrays.copyOf(raw, length);
  }

  private static boolean isZipped(AnswerHead head) {
    return "gzip".equalsIgnoreCase(head.header("Content-Encoding"));
  }

  /** The body as if nobody had looked. */
  public InputStream whole(InputStream rest) {
    return new PeekedStream(Arrays.copyOf(raw, length), ended, fault, rest);
  }

  private boolean wantsMore(KeyedCall call, AnswerHead head) {
    if (ended || fault != null || length == raw.length) return false;
    byte[] prefix = zipped ? unzipped(raw, length) : raw;
    return !call.decided(head, prefix, zipped ? prefix.length : length);
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

  /** As much as can be unpacked of what is there. */
  private static byte[] unzipped(byte[] raw, int length) {
    byte[] out = new byte[Classifier.PEEK_LIMIT];
    int done = 0;
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(raw, 0, length))) {
      for (int n = 0; n >= 0 && done < out.length; n = in.read(out, done, out.length - done)) {
        done += n;
      }
    } catch (IOException moreIsNeeded) {
      // A packed body that is not all there ends like this.
    }
    return Arrays.copyOf(out, done);
  }
}
