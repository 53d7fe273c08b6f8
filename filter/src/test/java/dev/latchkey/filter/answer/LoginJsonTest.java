package dev.latchkey.filter.answer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LoginJsonTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String VALUE = "{\"has_key\":true}";

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      delimiter = '|',
      value = {
        "{} | {\"api_key_status\":1}",
        "{ } | {\"api_key_status\":1 }",
        "{\"a\":1} | {\"a\":1,\"api_key_status\":1}",
        "~ {\"a\":{\"b\":[]} } ~ | ~ {\"a\":{\"b\":[]},\"api_key_status\":1 } ~",
        "{\"a\":\"}{\\\"\"} | {\"a\":\"}{\\\"\",\"api_key_status\":1}",
        "{\"a\":{\"api_key_status\":2}} | {\"a\":{\"api_key_status\":2},\"api_key_status\":1}"
      })
  void memberComesLast(String text, String expected) {
    assertThat(LoginJson.merge(text, "1")).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "[{}]",
        "1",
        "null",
        "\"{}\"",
        "{",
        "{\"a\"}",
        "{\"a\":1,}",
        "{} {}",
        "{}x",
        "{\"api_key_status\":null}",
        "{'a':1}",
        "for(;;);{\"a\":1}"
      })
  void everythingElseIsLeftAlone(String text) {
    assertThat(LoginJson.merge(text, "1")).isNull();
    assertThat(LoginJson.merge(text.getBytes(UTF_8), UTF_8, "1")).isNull();
  }

  @Test
  void depthWithoutEndIsLeftAlone() {
    char[] deep = new char[100_000];
    Arrays.fill(deep, '[');
    assertThat(LoginJson.merge("{\"a\":" + new String(deep), "1")).isNull();
  }

  @Test
  void bytesThatAreNotInTheirCharsetAreLeftAlone() {
    assertThat(LoginJson.merge("{\"a\":\"ü\"}".getBytes(ISO_8859_1), UTF_8, "1")).isNull();
    assertThat(LoginJson.merge("{}".getBytes(UTF_8), Charset.forName("ISO-2022-CN"), "1")).isNull();
  }

  @Test
  void byteOrderMarkStays() {
    assertThat(LoginJson.merge("\uFEFF{}".getBytes(UTF_8), UTF_8, "1"))
        .isEqualTo("\uFEFF{\"api_key_status\":1}".getBytes(UTF_8));
    assertThat(LoginJson.merge("\uFEFF{}".getBytes(UTF_16LE), UTF_16, "1"))
        .isEqualTo("\uFEFF{\"api_key_status\":1}".getBytes(UTF_16LE));
  }

  @Property(tries = 500)
  void objectKeepsAllItHadAndGainsOneMember(
      @ForAll("objects") String text, @ForAll("sets") String set) throws JsonProcessingException {
    Charset charset = Charset.forName(set);
    byte[] merged = LoginJson.merge(text.getBytes(charset), charset, VALUE);
    assertThat(merged).isNotNull();
    ObjectNode before = (ObjectNode) JSON.readTree(text);
    JsonNode after = JSON.readTree(new String(merged, charset));
    before.set(LoginJson.NAME, JSON.readTree(VALUE));
    assertThat(after).isEqualTo(before);
    assertThat(LoginJson.merge(new String(merged, charset), VALUE)).isNull();
  }

  @Property(tries = 500)
  void noTextIsTooStrange(@ForAll String text) {
    LoginJson.merge(text, VALUE);
    LoginJson.merge(text.getBytes(UTF_8), UTF_8, VALUE);
  }

  @Provide
  Arbitrary<String> sets() {
    return Arbitraries.of("UTF-8", "UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32", "GB18030");
  }

  @Provide
  Arbitrary<String> objects() {
    Arbitrary<String> text =
        Arbitraries.strings().alpha().withChars("{}[]\\\" ü한,:").ofMaxLength(9);
    Arbitrary<Object> leaf =
        Arbitraries.oneOf(
            text.map(t -> (Object) t),
            Arbitraries.integers().map(i -> (Object) i),
            Arbitraries.of(true, false).map(b -> (Object) b));
    Arbitrary<Map<String, Object>> inner =
        Arbitraries.maps(text, leaf).ofMaxSize(3).map(m -> (Map<String, Object>) m);
    Arbitrary<Object> any = Arbitraries.oneOf(leaf, inner.map(m -> (Object) m));
    return Arbitraries.maps(text, any).ofMaxSize(4).map(LoginJsonTest::written);
  }

  private static String written(Map<String, Object> object) {
    try {
      return object.size() % 2 == 0
          ? JSON.writeValueAsString(object)
          : JSON.writerWithDefaultPrettyPrinter().writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
