package dev.latchkey.filter.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.filter.fake.FakeServlets;
import jakarta.servlet.FilterConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OptionsTest {
  @Test
  void everythingHasADefault() {
    Options options = options();
    assertThat(options.faults()).isEmpty();
    assertThat(options.value(Options.USER)).isEqualTo("principal");
    assertThat(options.value(Options.LOGIN_JSON)).isFalse();
    assertThat(options.value(Options.SYNC_TIMEOUT)).isEqualTo(Duration.ofSeconds(2));
    assertThat(options.loginPaths().isEmpty()).isTrue();
  }

  @Test
  void everyFaultIsToldAtOnce() {
    assertThat(
            options(
                    "usr",
                    "principal",
                    "login-path",
                    "login",
                    "sync-timeout",
                    "2 hours",
                    "login-json",
                    "yes")
                .faults())
        .containsExactlyInAnyOrder(
            "web.xml, filter latchkey, init parameter usr: no such parameter; did you mean user?",
            "web.xml, filter latchkey, init parameter login-path: allowed: paths that begin with /,"
                + " with commas between them",
            "web.xml, filter latchkey, init parameter sync-timeout: allowed: 0s to 1m, such as 90s,"
                + " 10m, 1h30m, 7d",
            "web.xml, filter latchkey, init parameter login-json: allowed: true, false");
  }

  @Test
  void whatNeedsALoginPathSaysSo() {
    assertThat(options("login-json", "true", "user", "param:name").faults())
        .containsExactlyInAnyOrder(
            "web.xml, filter latchkey, init parameter login-json: needs login-path: only the answer"
                + " to a login is changed",
            "web.xml, filter latchkey, init parameter user: param: needs login-path, since only a"
                + " login carries the parameter");
  }

  private static Options options(String... pairs) {
    FakeServlets config = FakeServlets.create().answer("getFilterName", "latchkey");
    List<String> names = new ArrayList<>();
    for (int i = 0; i < pairs.length; i += 2) {
      names.add(pairs[i]);
      config.answer("getInitParameter", pairs[i], pairs[i + 1]);
    }
    config.answer("getInitParameterNames", Collections.enumeration(names));
    return Options.of(config.as(FilterConfig.class));
  }
}
