package dev.latchkey.agent.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.agent.contract.Origin.By;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** HTTP/2, which most providers speak, for the clients that do: other code writes the key there. */
@Timeout(120)
final class Http2Test {
  static Stream<Arguments> clients() {
    return Subject.all()
        .filter(s -> s.name().startsWith("okhttp") || s.name().equals(Subject.JDK_CLIENT))
        .flatMap(s -> Stream.of(By.values()).map(by -> Arguments.of(s, by)));
  }

  @ParameterizedTest
  @MethodSource("clients")
  void keyIsAttachedAndReplaced(Subject subject, By by) throws Exception {
    try (InProcessLab lab = new InProcessLab(subject);
        Http2Server server = new Http2Server(lab.origin(by));
        ClientDriver driver = lab.driver(Settings.trusting(Tls.file().toString()))) {
      lab.scripted().alsoAt(server.port(), lab.origin(by));
      byte[] body = Bytes.random(100_000);
      Call call = Call.post(server.url("/ask?x=%20"), body);
      assertThat(driver.send(call).body()).isEqualTo(body);
      lab.origin(by).expire();
      Answer answer = driver.send(call.header("Authorization", "Bearer placeholder"));
      assertThat(answer.body()).isEqualTo(body);
      assertThat(answer.sights()).noneMatch(s -> s.contains(HttpClientContract.CANARY));
      assertThat(driver.send(Call.get(server.url("/old"))).status()).isEqualTo(200);
      assertThat(server.calls()).hasSize(5).allMatch(seen -> seen.startsWith("HTTP/2.0 "));
      assertThat(server.calls().toString()).doesNotContain("/new?null Bearer null");
      assertThat(lab.leftovers()).isEmpty();
    }
  }
}
