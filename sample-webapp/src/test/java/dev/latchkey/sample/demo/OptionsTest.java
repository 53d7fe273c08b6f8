package dev.latchkey.sample.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class OptionsTest {
  @Test
  void knowsItsThree() {
    assertThat(Options.of().serve()).isFalse();
    assertThat(Options.of().live()).isFalse();
    assertThat(Options.of("--serve").serve()).isTrue();
    assertThat(Options.of("--live").live()).isTrue();
    assertThat(Options.of("--help").help()).isTrue();
  }

  @Test
  void refusesTheRest() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.of("--sevre"))
        .withMessage("unknown arguments: --sevre");
    assertThatIllegalArgumentException().isThrownBy(() -> Options.of("--serve", "--live"));
  }
}
