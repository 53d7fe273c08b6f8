package dev.latchkey.sample.webapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyNoteTest {
  @ParameterizedTest
  @CsvSource({
    "ready, ***b465, key.txt, '***b465, from key.txt'",
    "ready, ***b465, environment, '***b465, from the environment'",
    "ready, ***b465, database, '***b465, from the database'",
    "ready, ***b465, auto-provisioned, '***b465, auto-provisioned'",
    "ready, ***b465, , ***b465",
    "pending, , , being prepared",
    "unavailable, , , unavailable at the moment",
    "none, , , none",
    "of another version, , , none"
  })
  void saysWhereTheKeyIsFrom(String status, String key, String source, String words) {
    Map<String, Object> noted = new HashMap<>();
    noted.put("status", status);
    noted.put("key", key);
    noted.put("source", source);

    Map<String, String> values = KeyNote.of(noted).values();

    assertThat(values.get("key") + values.get("source")).isEqualTo(words);
    assertThat(values).containsEntry("why", "");
  }

  @Test
  void saysWhyThereIsNone() {
    Map<String, Object> noted = new HashMap<>();
    noted.put("status", "none");
    noted.put("error", "no key in key.txt");

    assertThat(KeyNote.of(noted).values()).containsEntry("why", "no key in key.txt");
  }

  @Test
  void saysNothingWhereNobodyNotedAnything() {
    assertThat(KeyNote.of(null).values()).isEmpty();
    assertThat(KeyNote.of("something else of that name").values()).isEmpty();
  }
}
