package dev.latchkey.core.call;

import dev.latchkey.core.key.Secret;
import dev.latchkey.core.key.SecretAccess;
import java.io.UnsupportedEncodingException;
import java.net.URLEncoder;
import org.jspecify.annotations.Nullable;

/** Takes a secret out of texts that other people will read. */
final class Veil {
  private Veil() {}

  /**
   * The text with every form of the secret replaced.
   *
   * @param instead what stands in its place; null for the mask
   */
  static String over(String text, Secret secret, @Nullable String instead) {
    String plain = secret.reveal(SecretAccess.granted());
    String shown = instead == null ? secret.mask() : instead;
    String veiled = text.replace(plain, shown);
    String form = formEncoded(plain);
    if (form.equals(plain)) return veiled;
    String percent = form.replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
    return replaceAnyCase(replaceAnyCase(veiled, form, shown), percent, shown);
  }

  /** Percent escapes may be written in either case, the rest may not. */
  private static String replaceAnyCase(String text, String encoded, String instead) {
    return text.replace(encoded, instead).replace(lowerEscapes(encoded), instead);
  }

  private static String lowerEscapes(String encoded) {
    StringBuilder out = new StringBuilder(encoded);
    for (int i = out.indexOf("%"); i >= 0; i = out.indexOf("%", i + 3)) {
      out.setCharAt(i + 1, Character.toLowerCase(out.charAt(i + 1)));
      out.setCharAt(i + 2, Character.toLowerCase(out.charAt(i + 2)));
    }
    return out.toString();
  }

  private static String formEncoded(String plain) {
    try {
      return URLEncoder.encode(plain, "UTF-8");
    } catch (UnsupportedEncodingException e) {
      throw new IllegalStateException("every Java platform has UTF-8", e);
    }
  }
}
