package dev.latchkey.core.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * An API key's text, as a value that cannot be printed: {@link #toString} is the mask.
 *
 * <p>Two secrets are compared in constant time. Immutable.
 */
public final class Secret {
  private static final int VISIBLE = 4;
  private static final int SHORTEST_WITH_HINT = 8;
  private static final String STARS = "***************";
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private final String text;

  private Secret(String text) {
    this.text = text;
  }

  /**
   * Wraps a key's text.
   *
   * @throws IllegalArgumentException if {@code text} is empty
   */
  public static Secret of(String text) {
    if (text == null) throw new NullPointerException("text == null");
    if (text.isEmpty())
      throw new IllegalArgumentException("a secret needs at least 1 character: 0");
    return new Secret(text);
  }

  /** The text itself, for the wire and for sealing; never for a message. */
  public String reveal(SecretAccess access) {
    if (access == null) throw new NullPointerException("access == null");
    return text;
  }

  /** What people may see: {@code ***************b465}, or {@code ****} for under 8 characters. */
  public String mask() {
    return text.length() < SHORTEST_WITH_HINT ? "****" : STARS + hint();
  }

  /** The last four characters, or nothing for under 8 characters. */
  public String hint() {
    return text.length() < SHORTEST_WITH_HINT ? "" : text.substring(text.length() - VISIBLE);
  }

  /** How many characters the text has. */
  public int length() {
    return text.length();
  }

  /**
   * SHA-256 of the UTF-8 text as 64 lower-case hexadecimal digits; OpenRouter calls it the hash.
   */
  public String fingerprint() {
    return hex(sha256(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret && MessageDigest.isEqual(bytes(), ((Secret) other).bytes());
  }

  @Override
  public int hashCode() {
    return fingerprint().hashCode();
  }

  @Override
  public String toString() {
    return mask();
  }

  private byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] sha256(byte[] input) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(input);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static String hex(byte[] bytes) {
    char[] out = new char[bytes.length * 2];
    for (int i = 0; i < bytes.length; i++) {
      out[2 * i] = HEX[(bytes[i] >> 4) & 0xF];
      out[2 * i + 1] = HEX[bytes[i] & 0xF];
    }
    return new String(out);
  }
}
