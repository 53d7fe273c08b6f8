package dev.latchkey.agent.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** The canary itself: one that finds nothing proves nothing. */
final class CanaryTest {
  private static final String SECRET = "sk-or-v1-abc+def/ghi=jkl mno%pqr";
  private final Canary canary = new Canary();

  @Test
  void findsASecretInEveryFormAndEveryLongPieceOfIt() throws Exception {
    byte[] bytes = ("x" + SECRET).getBytes(StandardCharsets.UTF_8);
    canary.secret(SECRET, "sk-or-v1-".length());
    canary.written("plain", "Bearer " + SECRET);
    canary.written("cut", "..." + SECRET.substring(12, 24) + "...");
    canary.written("encoded", "?key=sk-or-v1-abc%2Bdef%2Fghi%3Djkl%20mno%25pqr");
    canary.written("base64", Base64.getEncoder().encodeToString(bytes));
    assertThat(canary.found()).hasSize(4);
  }

  @Test
  void takesAMaskForAMask() throws Exception {
    canary.secret(SECRET, "sk-or-v1-".length());
    canary.written("mask", "***************%pqr sk-or-v1-abc...");
    assertThat(canary.found()).isEmpty();
  }
}
