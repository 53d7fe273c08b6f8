package dev.latchkey.filter.answer;

import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Adds the key status to an answer as it is written: encoding, compression, length, digests. */
final class Merger {
  private static final int LONGEST_UNPACKED = 4 * HeldResponse.LONGEST;
  private static final String[] DIGESTS = {
    "Content-MD5", "Digest", "Content-Digest", "Repr-Digest", "Signature"
  };

  private final HttpServletResponse response;
  private final @Nullable String value;
  private @Nullable String length;

  Merger(HttpServletResponse response, @Nullable String value, @Nullable String length) {
    this.response = response;
    this.value = value;
    this.length = length;
  }

  /** What the application says its answer's length is, after the change; null if it says none. */
  @Nullable String length() {
    return length;
  }

  String text(String held) {
    String value = this.value;
    if (value == null || isSigned() || response.getHeader("Content-Encoding") != null) return held;
    String merged = LoginJson.merge(held, value);
    if (merged == null) return held;
    Charset charset = charset(response.getCharacterEncoding());
    if (charset == null || !charset.canEncode()) return held;
    if (length != null) length = Integer.toString(merged.getBytes(charset).length);
    return merged;
  }

  byte[] bytes(byte[] held) {
    String value = this.value;
    Charset charset = charset(declaredCharset());
    if (value == null || charset == null || isSigned()) return held;
    byte[] merged = merged(held, charset, value);
    if (merged == null) return held;
    if (length != null) length = Integer.toString(merged.length);
    return merged;
  }

  private byte @Nullable [] merged(byte[] held, Charset charset, String value) {
    String packed = response.getHeader("Content-Encoding");
    if (packed == null || packed.equalsIgnoreCase("identity")) {
      return LoginJson.merge(held, charset, value);
    }
    if (!packed.equalsIgnoreCase("gzip") && !packed.equalsIgnoreCase("x-gzip")) return null;
    try {
      byte[] plain = unpack(held);
      byte[] merged = plain == null ? null : LoginJson.merge(plain, charset, value);
      return merged == null ? null : pack(merged);
    } catch (IOException e) {
      return null;
    }
  }

  /** A digest or signature over the answer would no longer fit. */
  private boolean isSigned() {
    for (String header : DIGESTS) if (response.containsHeader(header)) return true;
    return false;
  }

  /** What bytes are written in by what the application said of them; JSON's own is UTF-8. */
  private String declaredCharset() {
    String type = String.valueOf(response.getContentType()).toLowerCase(Locale.ROOT);
    int at = type.indexOf("charset=");
    if (at < 0) return "UTF-8";
    return type.substring(at + "charset=".length())
        .replaceAll("[\"']", "")
        .replaceAll("[; ].*", "");
  }

  private static @Nullable Charset charset(@Nullable String name) {
    try {
      return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static byte @Nullable [] unpack(byte[] packed) throws IOException {
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      byte[] buffer = new byte[8192];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        plain.write(buffer, 0, n);
        if (plain.size() > LONGEST_UNPACKED) return null;
      }
    }
    return plain.toByteArray();
  }

  private static byte[] pack(byte[] plain) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(plain);
    }
    return packed.toByteArray();
  }
}
