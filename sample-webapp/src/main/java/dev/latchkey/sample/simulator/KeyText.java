package dev.latchkey.sample.simulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/** How the provider's keys look, and the two public forms of them. */
final class KeyText {
  private static final String PREFIX = "sk-or-v1-";
  private static final SecureRandom RANDOM = new SecureRandom();

  private KeyText() {}

  /** {@code sk-or-v1-} and 64 hexadecimal digits. */
  static String create() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return PREFIX + hex(bytes);
  }

  /** The key's public name in the API: SHA-256 of its text. */
  static String hash(String key) {
    return digest(key.getBytes(StandardCharsets.UTF_8));
  }

  /** The masked form in lists, such as {@code sk-or-v1-0e6...1c96}. */
  static String label(String key) {
    return key.substring(0, PREFIX.length() + 3) + "..." + key.substring(key.length() - 4);
  }

  /** SHA-256 as 64 lower-case hexadecimal digits. */
  static String digest(byte[] bytes) {
    try {
      return hex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String hex(byte[] bytes) {
    StringBuilder out = new StringBuilder(bytes.length * 2);
    for (byte b : bytes) out.append(String.format("%02x", b & 0xff));
    return out.toString();
  }
}
