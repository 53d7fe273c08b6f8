package dev.latchkey.core.provider;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of an answer's body, unpacked, as the conditions look at it. One evaluation's; most
 * never look, so nothing is done before one does.
 */
final class Body {
  private final AnswerHead head;
  private final byte[] prefix;
  private final int length;
  private final boolean complete;
  private final Collection<JsonPath> wanted;
  private byte @Nullable [] bytes;
  private @Nullable JsonScan json;
  private @Nullable String text;

  private Body(
      AnswerHead head, byte[] prefix, int length, boolean complete, Collection<JsonPath> wanted) {
    this.head = head;
    this.prefix = prefix;
    this.length = length;
    this.complete = complete;
    this.wanted = wanted;
  }

  /**
   * A body's beginning.
   *
   * @param complete whether nothing more will come, or be looked at
   * @param wanted the places that rules will ask for
   */
  static Body of(
      AnswerHead head, byte[] prefix, int length, boolean complete, Collection<JsonPath> wanted) {
    return new Body(head, prefix, length, complete, wanted);
  }

  /** Whether this kind of body may be peeked at: no stream of events, nothing packed strangely. */
  static boolean isReadable(AnswerHead head) {
    int status = head.status();
    if (status < 200 || status == 204 || status == 304) return false;
    String type = lower(head.header("Content-Type"));
    String coding = lower(head.header("Content-Encoding"));
    return !isStream(type) && (coding.isEmpty() || coding.equals("identity") || isPacked(head));
  }

  boolean isComplete() {
    return complete;
  }

  JsonScan json() {
    if (json == null) json = JsonScan.of(bytes(), bytes().length, wanted);
    return json;
  }

  /** The bytes as Latin-1 in lower case: no character is ever half there. */
  String lowerText() {
    if (text == null) text = Glob.lower(raw());
    return text;
  }

  /** The bytes as Latin-1. */
  String raw() {
    return new String(bytes(), StandardCharsets.ISO_8859_1);
  }

  private byte[] bytes() {
    if (bytes == null) {
      int kept = isReadable(head) ? Math.min(length, Classifier.PEEK_LIMIT) : 0;
      bytes = isPacked(head) ? unpacked(prefix, kept) : Arrays.copyOf(prefix, kept);
    }
    return bytes;
  }

  private static boolean isPacked(AnswerHead head) {
    String coding = lower(head.header("Content-Encoding"));
    return coding.equals("gzip") || coding.equals("x-gzip");
  }

  private static boolean isStream(String type) {
    return type.startsWith("text/event-stream")
        || type.contains("ndjson")
        || type.contains("jsonl")
        || type.contains("json-seq")
        || type.contains("stream+json")
        || type.startsWith("multipart/")
        || type.startsWith("application/grpc")
        || type.startsWith("audio/")
        || type.startsWith("video/")
        || type.startsWith("image/");
  }

  /** What can be unpacked of the beginning; more packed bytes only ever add to it. */
  private static byte[] unpacked(byte[] packed, int length) {
    byte[] out = new byte[Classifier.PEEK_LIMIT];
    int size = 0;
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed, 0, length))) {
      for (int n = in.read(out); n > 0; n = in.read(out, size, out.length - size)) size += n;
    } catch (IOException e) {
      // Cut off or damaged here; what came before counts.
    }
    return Arrays.copyOf(out, size);
  }

  private static String lower(@Nullable String text) {
    return text == null ? "" : text.trim().toLowerCase(Locale.ROOT);
  }
}
