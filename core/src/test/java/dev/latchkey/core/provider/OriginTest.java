package dev.latchkey.core.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.latchkey.core.time.FakeTime;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which calls belong to a provider. */
final class OriginTest {
  private final Provider openrouter = Definitions.preset("openrouter", FakeTime.create());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1",
        "/api/v1/",
        "/api/v1/chat/completions",
        "/api/v1/key",
        "/api/v1/keysmith",
        "/api/v1/models/openai%2Fgpt-4/endpoints",
        "/api/v1/a%20b",
        "/api/v1/./chat",
        "/api/v1/a;b=c"
      })
  void managed(String path) {
    assertThat(openrouter.manages("https", "openrouter.ai", -1, path)).isTrue();
    assertThat(openrouter.manages("https", "OpenRouter.AI", 443, path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/api",
        "/api/v10/chat",
        "/api/v1.1/chat",
        "/API/v1/chat",
        "/api/v1/keys",
        "/api/v1/keys/",
        "/api/v1/keys/abc",
        "/api/v1/auth/keys",
        "/api/v1/auth/keys/code",
        "/api/v1/credits",
        "/api/v1/KEYS",
        "/api/v1/%6beys",
        "/api/v1/%256beys",
        "/api/v1/%25256beys",
        "/api/v1//keys",
        "/api/v1/./keys",
        "/api/v1/x/../keys",
        "/api/v1/x/%2e%2e/keys",
        "/api/v1/x%2f..%2fkeys",
        "/api/v1/x/..\\keys",
        "/api/v1/x\\..\\keys",
        "/api/v1/keys;x=1",
        "/api/v1/../../evil",
        "/api/v1/%2e%2e/other",
        "/api/v1/..;/other",
        "/x/../api/v1/chat"
      })
  void notManaged(String path) {
    assertThat(openrouter.manages("https", "openrouter.ai", -1, path)).isFalse();
  }

  @Test
  void anotherSchemeHostOrPortIsSomebodyElses() {
    String path = "/api/v1/chat";
    assertThat(openrouter.manages("http", "openrouter.ai", -1, path)).isFalse();
    assertThat(openrouter.manages("http", "openrouter.ai", 443, path)).isFalse();
    assertThat(openrouter.manages("https", "openrouter.ai", 80, path)).isFalse();
    assertThat(openrouter.manages("https", "openrouter.ai.evil.example", -1, path)).isFalse();
    assertThat(openrouter.manages("https", "xopenrouter.ai", -1, path)).isFalse();
    assertThat(openrouter.manages("https", "evil.example", -1, path)).isFalse();
    assertThat(openrouter.manages("https", "", -1, path)).isFalse();
  }

  @Test
  void ipv6HostsMatchWithAndWithoutBrackets() {
    Origin origin = Origin.of("http://[::1]:8080/v1/");
    assertThat(origin.isAt("http", "::1", 8080)).isTrue();
    assertThat(origin.isAt("http", "[::1]", 8080)).isTrue();
    assertThat(origin.url()).isEqualTo("http://[::1]:8080/v1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "openrouter.ai",
        "ftp://openrouter.ai",
        "http://openrouter.ai",
        "http://127.0.0.1.evil.example",
        "https://user:pw@openrouter.ai",
        "https://openrouter.ai/?a=b",
        "https://openrouter.ai/#x",
        "https://openrouter.ai/a/../b",
        "https://openrouter.ai/%61",
        "https:///x",
        "https://a b"
      })
  void badBaseUrlsAreRefused(String url) {
    assertThatThrownBy(() -> Origin.of(url)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aForeignHostCostsNoAllocation() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long id = Thread.currentThread().getId();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 20; round++) {
      long before = threads.getThreadAllocatedBytes(id);
      for (int i = 0; i < 1000; i++) {
        openrouter.manages("https", "api.example.com", -1, "/api/v1/chat");
        openrouter.manages("https", "openrouter.ax", -1, "/api/v1/chat");
      }
      least = Math.min(least, threads.getThreadAllocatedBytes(id) - before);
    }
    // Asking costs a few bytes itself; a thousand allocations would cost 16,000 at least.
    assertThat(least).isLessThan(1000);
  }
}
