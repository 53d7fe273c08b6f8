package dev.latchkey.sample.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FindingsTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Findings findings = new Findings(new PrintStream(printed, true));

  @Test
  void saysWhichStepDidNotHold() {
    findings.step("The first.");
    findings.expect("one is one", 1, 1);
    findings.step("The second.");
    findings.expect("one is two", 2, 1);
    findings.broken(new IOException("no answer"));

    assertThat(printed.toString())
        .contains("1. The first.", "   ok        one is one", "2. The second.")
        .contains("   FAILED    one is two: expected 2, saw 1");
    assertThat(findings.faults())
        .containsExactly("step 2: one is two: expected 2, saw 1", "step 2: no answer");
  }

  @Test
  void countsLikeLinesAndCutsLongOnes() {
    findings.latchkey(Arrays.asList("a", "b", "a"));
    findings.say("page", new String(new char[200]).replace('\0', 'x'));

    assertThat(printed.toString()).contains("latchkey  a  x 2", "latchkey  b\n", "xxx...");
  }
}
