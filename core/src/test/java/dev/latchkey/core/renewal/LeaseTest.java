package dev.latchkey.core.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeaseTest {
  @Test
  void aLeaseOutlastsWhatARenewalMayTake() {
    assertThat(Renewal.lease(Duration.ofMillis(100))).isEqualTo(Duration.ofSeconds(30));
    assertThat(Renewal.lease(Duration.ofSeconds(10))).isEqualTo(Duration.ofSeconds(30));
    assertThat(Renewal.lease(Duration.ofSeconds(11))).isEqualTo(Duration.ofSeconds(32));
    assertThat(Renewal.lease(Duration.ofMinutes(5))).isEqualTo(Duration.ofSeconds(610));
  }
}
