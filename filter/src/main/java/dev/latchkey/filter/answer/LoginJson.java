package dev.latchkey.filter.answer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Puts one member at the end of a JSON object, and leaves every other byte of it as it was. What is
 * no JSON object, or has a member of that name already, is left alone. Pure.
 */
final class LoginJson {
  static final String NAME = "api_key_status";

  // Without recycling: buffers kept in a thread-local would hold the web application's loader.
  private static final JsonFactory JSON =
      JsonFactory.builder().recyclerPool(JsonRecyclerPools.nonRecyclingPool()).build();

  private LoginJson() {}

  /**
   * The text with the member in it; null if it is left alone.
   *
   * @param value the member's value, as JSON
   */
  static @Nullable String merge(String text, String value) {
    int end = end(text);
    return end < 0 ? null : text.substring(0, end) + member(text, end, value) + text.substring(end);
  }

  /**
   * The bytes with the member in them; null if they are left alone.
   *
   * @param charset what the bytes are written in
   */
  static byte @Nullable [] merge(byte[] bytes, Charset charset, String value) {
    if (!charset.canEncode()) return null;
    Charset exact = exact(charset, bytes);
    String text = decode(bytes, exact);
    int end = text == null ? -1 : end(text);
    if (text == null || end < 0) return null;
    byte[] rest = text.substring(end).getBytes(exact);
    byte[] added = member(text, end, value).getBytes(exact);
    int at = bytes.length - rest.length;
    if (at < 0 || !Arrays.equals(rest, Arrays.copyOfRange(bytes, at, bytes.length))) return null;
    return ByteBuffer.allocate(bytes.length + added.length)
        .put(bytes, 0, at)
        .put(added)
        .put(rest)
        .array();
  }

  private static String member(String text, int end, String value) {
    boolean empty = text.charAt(end - 1) == '{';
    return (empty ? "" : ",") + "\"" + NAME + "\":" + value;
  }

  /** Where the last member ends; -1 if this is nothing to be changed. */
  private static int end(String text) {
    int start = text.startsWith("\uFEFF") ? 1 : 0;
    try (JsonParser json = JSON.createParser(text.substring(start))) {
      if (json.nextToken() != JsonToken.START_OBJECT) return -1;
      while (json.nextToken() != JsonToken.END_OBJECT) {
        if (NAME.equals(json.currentName())) return -1;
        json.nextToken();
        json.skipChildren();
      }
      int brace = start + (int) json.currentTokenLocation().getCharOffset();
      return json.nextToken() == null ? afterLast(text, brace) : -1;
    } catch (IOException e) {
      return -1;
    }
  }

  private static int afterLast(String text, int brace) {
    int at = brace;
    while (" \t\r\n".indexOf(text.charAt(at - 1)) >= 0) at--;
    return at;
  }

  /** UTF-16 without a byte order in its name takes the one that the bytes begin with. */
  private static Charset exact(Charset charset, byte[] bytes) {
    if (!charset.equals(StandardCharsets.UTF_16)) return charset;
    boolean little = bytes.length > 1 && bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE;
    return little ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
  }

  private static @Nullable String decode(byte[] bytes, Charset charset) {
    try {
      return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
