package dev.latchkey.core.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.key.Secret;
import dev.latchkey.core.time.FakeTime;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** How keys travel. */
final class KeyAttachmentTest {
  private static final Secret KEY = Secret.of("a+b/c=");

  @Test
  void inAHeader() {
    Attachment attachment = Definitions.preset("openrouter", FakeTime.create()).attachment();
    assertThat(attachment.headers(KEY)).hasToString("[Authorization=Bearer a+b/c=]");
    String query = new String("a=b");
    assertThat(attachment.query(query, KEY)).isSameAs(query);
    assertThat(attachment.query(null, KEY)).isNull();
    assertThat(attachment.queryName()).isNull();
    assertThat(attachment.onlyWhenAbsent()).isFalse();
  }

  @Test
  void inTheQueryEncodedOnce() {
    Attachment a = attachment("query: serviceKey");
    assertThat(a.headers(KEY)).isEmpty();
    assertThat(a.query(null, KEY)).isEqualTo("serviceKey=a%2Bb%2Fc%3D");
    assertThat(a.query("", KEY)).isEqualTo("serviceKey=a%2Bb%2Fc%3D");
    assertThat(a.query("x=%2B+&serviceKey=old&y", KEY))
        .isEqualTo("x=%2B+&serviceKey=a%2Bb%2Fc%3D&y");
    assertThat(a.query("x=1", KEY)).isEqualTo("x=1&serviceKey=a%2Bb%2Fc%3D");
    assertThat(a.query("&x&&", KEY)).isEqualTo("&x&&&serviceKey=a%2Bb%2Fc%3D");
    assertThat(a.query("&serviceKey=1&", KEY)).isEqualTo("&serviceKey=a%2Bb%2Fc%3D&");
    assertThat(a.query("service%4Bey=1&serviceKey=2&serviceKey", KEY))
        .isEqualTo("serviceKey=a%2Bb%2Fc%3D");
    assertThat(a.query("servicekey=1", KEY)).isEqualTo("servicekey=1&serviceKey=a%2Bb%2Fc%3D");
  }

  @Test
  void aStoredKeyThatIsEncodedIsDecodedOnceWhereTheDefinitionSaysSo() {
    Attachment a = attachment("query: k, unescape: true");
    assertThat(a.query(null, Secret.of("a%2Bb%3D"))).isEqualTo("k=a%2Bb%3D");
    assertThat(a.query(null, KEY)).isEqualTo("k=a%2Bb%2Fc%3D");
    assertThat(attachment("query: k").query(null, Secret.of("a%2B"))).isEqualTo("k=a%252B");
  }

  @Test
  void companionsTravelWithIt() {
    Attachment a = attachment("query: key, with: {query: {cx: \"0:a b\"}, headers: {X-V: \"2\"}}");
    assertThat(a.query("cx=old&q=1", KEY)).isEqualTo("cx=0%3Aa%20b&q=1&key=a%2Bb%2Fc%3D");
    assertThat(a.headers(KEY)).hasToString("[X-V=2]");
  }

  @Property
  void everyOtherByteStaysAsItWas(
      @ForAll @Chars({'a', '=', '&', '%', '+', ';', 'é'}) @StringLength(max = 30) String query,
      @ForAll @AlphaChars @StringLength(min = 1, max = 5) String key) {
    Attachment a = attachment("query: KEY");
    String out = a.query(query, Secret.of(key));
    assertThat(out).isEqualTo(query.isEmpty() ? "KEY=" + key : query + "&KEY=" + key);
    assertThat(a.query(out, Secret.of(key))).isEqualTo(out);
  }

  private static Attachment attachment(String how) {
    String yaml = "base-url: https://x.example\nattach: {" + how + "}";
    return Definitions.load("x", FakeTime.create(), Duration.ofSeconds(1), yaml).attachment();
  }
}
