package dev.latchkey.sample.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void readsWhatItWrites() {
    Object value =
        Json.object(
            "text", "quote \" slash \\ tab \t snow ☃ clef \uD834\uDD1E",
            "numbers", Arrays.asList(1L, -2.5, 1e300),
            "words", Arrays.asList(true, false, null),
            "empty", Json.object("list", Arrays.asList()));

    assertThat(Json.read(Json.write(value))).isEqualTo(value);
  }

  @Test
  void readsEscapesAndSpace() {
    assertThat(Json.readObject(" { \"a\" : [ \"\\u2603\\n\\/\" , { } ] } ").get("a"))
        .isEqualTo(Arrays.asList("☃\n/", Json.object()));
  }

  @Test
  void refusesWhatIsNotJson() {
    for (String text :
        new String[] {
          "", "{", "[1,]", "{\"a\"}", "\"\\x\"", "\"\\u12G4\"", "tru", "1 2", "nope", "'a'", "[1"
        }) {
      assertThatIllegalArgumentException().as(text).isThrownBy(() -> Json.read(text));
    }
    String deep = new String(new char[101]).replace('\0', '[');
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.read(deep))
        .withMessageContaining("at most 100 levels");
  }
}
