package dev.latchkey.core.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.time.FakeTime;
import dev.latchkey.core.yaml.YamlNode;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PresetsTest {
  static Stream<String> names() {
    return Presets.names().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void itsVariablesStandAboveItsRules(String name) {
    YamlNode whole = Presets.read(name, variable -> null);
    YamlNode head = Presets.head(name, variable -> null);
    for (String setting : new String[] {"env", "provisioning-env"}) {
      assertThat(head.member(setting).text()).isEqualTo(whole.member(setting).text());
    }
    assertThat(whole.member("rules").isList()).isTrue();
    assertThat(head.member("rules")).isNull();
  }

  @Test
  void aPresetIsActiveOnceOneOfItsVariablesIsSet() {
    assertThat(isActive("openrouter", "OPENROUTER_API_KEY")).isTrue();
    assertThat(isActive("openrouter", "OPENROUTER_PROVISIONING_KEY")).isTrue();
    assertThat(isActive("openrouter", "OPENAI_API_KEY")).isFalse();
    assertThat(isActive("openai", "OPENAI_ADMIN_KEY")).isTrue();
  }

  private static boolean isActive(String preset, String variable) {
    return Definitions.loader(
            FakeTime.create(), Duration.ofSeconds(1), name -> name.equals(variable) ? "x" : null)
        .isInEnvironment(preset);
  }
}
