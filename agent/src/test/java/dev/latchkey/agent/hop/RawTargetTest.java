package dev.latchkey.agent.hop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RawTargetTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "/a/b?c=d,/a/b,c=d,/a/b?x=1",
        "/a%20b,/a%20b,null,/a%20b?x=1",
        "/?,/,'',/?x=1",
        "?c,/,c,?x=1",
        "http://h:1/a?b?c,/a,b?c,http://h:1/a?x=1",
        "http://h:1,/,null,http://h:1?x=1",
        "http://h?q=http://i/,/,q=http://i/,http://h?x=1",
        "/a#f?g,/a,null,/a?x=1#f?g",
        "/a?b#f,/a,b,/a?x=1#f"
      })
  void partsAreFoundAndReplacedRaw(String target, String path, String query, String replaced) {
    assertThat(RawTarget.path(target)).isEqualTo(path);
    assertThat(RawTarget.query(target)).isEqualTo(query);
    assertThat(RawTarget.withQuery(target, "x=1")).isEqualTo(replaced);
  }
}
