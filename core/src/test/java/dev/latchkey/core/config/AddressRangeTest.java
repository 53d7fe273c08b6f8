package dev.latchkey.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressRangeTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.1.2, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "10.0.0.0/9, 10.128.0.1, false",
    "10.0.0.0/9, 10.127.0.1, true",
    "127.0.0.1, 127.0.0.1, true",
    "127.0.0.1, 127.0.0.2, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "::1, 0:0:0:0:0:0:0:1, true",
    "fe80::/10, fe80::1%eth0, true",
    "fd00::/8, fe80::1, false",
    "127.0.0.1, ::ffff:127.0.0.1, true",
    "0.0.0.0/0, ::1, false",
    "10.0.0.0/8, proxy.example.com, false",
    "10.0.0.0/8, '', false"
  })
  void containsWhatLiesInIt(String range, String address, boolean expected) {
    assertThat(Objects.requireNonNull(AddressRange.parse(range)).contains(address))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "10.0.0", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "host"})
  void textThatIsNoRangeIsRefused(String text) {
    assertThat(AddressRange.parse(text)).isNull();
  }

  @Test
  void namesAreNotLookedUp() {
    assertThat(AddressRange.parse("localhost")).isNull();
  }
}
