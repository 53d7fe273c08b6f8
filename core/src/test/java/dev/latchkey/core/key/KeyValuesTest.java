package dev.latchkey.core.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

class KeyValuesTest {
  @Example
  void aSecretPrintsAsItsMask() {
    Secret secret = Secret.of("sk-or-v1-0123456789abb465");
    assertThat(secret).hasToString("***************b465");
    assertThat(String.valueOf(Secret.of("short"))).isEqualTo("****");
    assertThat(secret.reveal(SecretAccess.granted())).isEqualTo("sk-or-v1-0123456789abb465");
  }

  @Property
  void noValuePrintsASecret(@ForAll @StringLength(min = 9, max = 80) String text) {
    Secret secret = Secret.of(text);
    ManagedKey key =
        ManagedKey.builder(KeyId.pooled("vendor", secret), "vendor", Owner.POOL)
            .secret(secret)
            .build();
    assertThat(secret.toString()).doesNotContain(text);
    assertThat(key.toString()).doesNotContain(text);
    assertThat(key.toBuilder().build().secret()).isEqualTo(secret);
  }

  @Property
  void anyUserIdIsStorableAndDifferentOnesStayDifferent(@ForAll String a, @ForAll String b) {
    if (a.trim().isEmpty() || b.trim().isEmpty()) return;
    Owner one = Owner.of(a);
    Owner two = Owner.of(b);
    assertThat(one.id().length()).isLessThanOrEqualTo(Owner.LONGEST);
    assertThat(one.id()).doesNotContain("\0");
    assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(one.id())).isTrue();
    assertThat(one.equals(two)).isEqualTo(a.equals(b));
    assertThat(one.toString().codePointCount(0, one.toString().length())).isLessThanOrEqualTo(8);
    assertThat(one.toString()).doesNotContainPattern("[\\p{Cntrl}\"'\\s]");
  }

  @Example
  void aTenThousandCharacterOwnerIsShortenedWithoutCollision() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 10_000; i++) text.append("x'\"\n\uD83D\uDE00".charAt(i % 4));
    assertThat(Owner.of(text + "1")).isNotEqualTo(Owner.of(text + "2"));
    assertThat(Owner.of(text + "1").id()).hasSizeLessThanOrEqualTo(Owner.LONGEST);
  }

  @Example
  void blankOwnersAndEmptySecretsAreRefused() {
    assertThatThrownBy(() -> Owner.of(" \t")).hasMessageContaining("blank");
    assertThatThrownBy(() -> Secret.of("")).hasMessageContaining("at least 1 character");
  }

  @Example
  void theFingerprintIsOpenRoutersHash() {
    assertThat(Secret.of("abc").fingerprint())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Example
  void anEventIsOneLine() {
    KeyEvent event =
        KeyEvent.of(
            Instant.EPOCH,
            KeyEvent.Type.RENEWAL_FAILED,
            "openrouter",
            Owner.of("alice\nforged line"),
            "****",
            "two\r\nlines\u001b[31m");
    assertThat(event).hasToString("openrouter/alice_fo renewal-failed **** two lines [31m");
  }
}
