package dev.latchkey.agent.system;

import java.io.UnsupportedEncodingException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks for secrets, and for long pieces of them, in everything that was written. */
final class Canary {
  /** The mask shows four characters; three times as many are no mask any more. */
  private static final int PIECE = 12;

  private final Set<String> pieces = new LinkedHashSet<>();
  private final Map<String, String> written = new LinkedHashMap<>();

  /**
   * A secret.
   *
   * @param openPrefix how many of its first characters everybody knows
   */
  Canary secret(String text, int openPrefix) throws UnsupportedEncodingException {
    String own = text.substring(openPrefix);
    addPieces(own);
    addPieces(URLEncoder.encode(own, "UTF-8"));
    addPieces(URLEncoder.encode(own, "UTF-8").replace("+", "%20"));
    for (int shift = 0; shift < 3; shift++) addBase64(own.substring(Math.min(shift, own.length())));
    addPieces(hex(own));
    return this;
  }

  private void addBase64(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    addPieces(Base64.getEncoder().withoutPadding().encodeToString(bytes));
    addPieces(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  private void addPieces(String text) {
    if (text.length() <= PIECE) pieces.add(text);
    for (int i = 0; i + PIECE <= text.length(); i++) pieces.add(text.substring(i, i + PIECE));
  }

  private static String hex(String text) {
    StringBuilder out = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) out.append(String.format("%02x", b));
    return out.toString();
  }

  /** Something that was written, and what it is. */
  Canary written(String what, String text) {
    written.merge(what, text, (one, two) -> one + "\n" + two);
    return this;
  }

  /** Where pieces were found, with what stands around them; empty if nowhere. */
  List<String> found() {
    List<String> out = new ArrayList<>();
    written.forEach(
        (what, text) -> {
          for (String piece : pieces) {
            int at = text.indexOf(piece);
            if (at < 0) continue;
            out.add(what + ": ..." + around(text, at));
            return;
          }
        });
    return out;
  }

  private static String around(String text, int at) {
    return text.substring(Math.max(0, at - 80), Math.min(text.length(), at + 80));
  }

  /** What was looked at. */
  Set<String> places() {
    return written.keySet();
  }
}
