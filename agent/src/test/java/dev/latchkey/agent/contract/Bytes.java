package dev.latchkey.agent.contract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Bytes, for tests. */
public final class Bytes {
  private Bytes() {}

  /** All of the stream; none for null. */
  public static byte[] all(@Nullable InputStream in) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    for (int n = 0; in != null && n >= 0; n = in.read(buffer)) out.write(buffer, 0, n);
    return out.toByteArray();
  }

  /** What one read gives; empty at the end. */
  public static byte[] some(InputStream in) throws IOException {
    byte[] buffer = new byte[8192];
    int n = in.read(buffer);
    return n <= 0 ? new byte[0] : java.util.Arrays.copyOf(buffer, n);
  }

  /** UTF-8. */
  public static byte[] of(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** UTF-8. */
  public static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** That many bytes, the same ones for the same size. */
  public static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  /** Compressed. */
  public static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    }
    return out.toByteArray();
  }
}
