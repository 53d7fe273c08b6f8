package dev.latchkey.agent.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.agent.contract.Origin.By;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An interceptor of the application may send its call on as often as it likes. */
@Timeout(120)
final class OkHttpInterceptorTest {
  private static final String TWICE = "X-Send-Twice";

  static Stream<Subject> clients() {
    return Subject.all().filter(s -> s.name().startsWith("okhttp"));
  }

  @ParameterizedTest
  @MethodSource("clients")
  void eachTimeCarriesTheKeyAndIsReplayed(Subject subject) throws Exception {
    try (InProcessLab lab = new InProcessLab(subject);
        ClientDriver driver = lab.driver(Settings.trusting(Tls.file().toString()))) {
      Origin origin = lab.origin(By.HEADER);
      Call call = Call.post(origin.url("/ask"), Bytes.of("x")).header(TWICE, "yes");
      assertThat(driver.send(Call.get(origin.url("/ask"))).status()).isEqualTo(200);
      origin.expire();
      Answer answer = driver.send(call);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.sights()).noneMatch(s -> s.contains(HttpClientContract.CANARY));
      assertThat(origin.refused()).isEqualTo(1);
      assertThat(origin.calls()).hasSize(4);
      assertThat(origin.calls().subList(1, 4)).allMatch(seen -> seen.body().length == 1);
      assertThat(lab.leftovers()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("clients")
  void eachTimeIsReplayedWhereARedirectLed(Subject subject) throws Exception {
    try (InProcessLab lab = new InProcessLab(subject);
        ClientDriver driver = lab.driver(Settings.trusting(Tls.file().toString()))) {
      Origin origin = lab.origin(By.HEADER);
      origin.onAny("/old", (seen, reply) -> reply.send(307, "", "Location", origin.local("/new")));
      origin.onAny("/new", (seen, reply) -> origin.refuse(reply));
      Answer answer = driver.send(Call.get(origin.url("/old")).header(TWICE, "yes"));
      assertThat(answer.status()).isEqualTo(401);
      assertThat(origin.refused()).isEqualTo(4);
      assertThat(origin.calls()).hasSize(6);
      assertThat(lab.leftovers()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("clients")
  void eachTimeIsLedWhereARedirectFromElsewhereLeads(Subject subject) throws Exception {
    try (InProcessLab lab = new InProcessLab(subject);
        ClientDriver driver = lab.driver(Settings.trusting(Tls.file().toString()))) {
      Origin origin = lab.origin(By.HEADER);
      String led = origin.url("/never");
      origin.onAny("/never", (seen, reply) -> origin.refuse(reply));
      try (RawServer outside =
          RawServer.http((seen, reply) -> reply.send(302, "", "Location", led))) {
        Answer answer = driver.send(Call.get(outside.url("/old")).header(TWICE, "yes"));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(outside.seen()).hasSize(2);
      }
      assertThat(origin.refused()).isEqualTo(4);
      String host = "Host: " + led.substring("http://".length(), led.lastIndexOf('/'));
      assertThat(origin.calls()).hasSize(4).allMatch(seen -> seen.head().contains(host));
      assertThat(lab.leftovers()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("clients")
  void hopInAnotherThreadCarriesTheKeyAndADeadOneIsRenewed(Subject subject) throws Exception {
    try (InProcessLab lab = new InProcessLab(subject);
        ClientDriver driver = lab.driver(Settings.trusting(Tls.file().toString()))) {
      Origin origin = lab.origin(By.HEADER);
      Call call = Call.get(origin.url("/ask")).header("X-Send-Elsewhere", "yes");
      assertThat(driver.send(call).status()).isEqualTo(200);
      origin.expire();
      int minted = origin.minted();
      assertThat(driver.send(call).status()).isEqualTo(401);
      Until.isTrue("the key is renewed", () -> origin.minted() == minted + 1);
      assertThat(driver.send(call).status()).isEqualTo(200);
      assertThat(lab.leftovers()).isEmpty();
    }
  }
}
