package dev.latchkey.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.key.Secret;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;

class VeilTest {
  @Example
  void everyEncodingOfTheKeyIsTakenOut() {
    Secret secret = Secret.of("ab+cd/ef==12345678");
    String text =
        "plain ab+cd/ef==12345678 upper ab%2Bcd%2Fef%3D%3D12345678 lower ab%2bcd%2fef%3d%3d12345678";

    assertThat(Veil.over(text, secret, "own")).isEqualTo("plain own upper own lower own");
  }

  @Example
  void withoutATextOfItsOwnTheMaskStandsThere() {
    assertThat(Veil.over("key=sk-or-v1-12345678&x=1", Secret.of("sk-or-v1-12345678"), null))
        .isEqualTo("key=***************5678&x=1");
  }

  @Property
  void noTextKeepsTheKey(
      @ForAll String before,
      @ForAll @StringLength(min = 16, max = 40) @CharRange(from = '!', to = '~') String key,
      @ForAll String after)
      throws Exception {
    Secret secret = Secret.of(key);
    String encoded = java.net.URLEncoder.encode(key, "UTF-8");

    assertThat(Veil.over(before + key + after, secret, null)).doesNotContain(key);
    assertThat(Veil.over(before + encoded + after, secret, null)).doesNotContain(encoded);
  }
}
