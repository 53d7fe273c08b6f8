package dev.latchkey.agent.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.agent.bridge.LatchkeyBridge;
import dev.latchkey.agent.contract.Origin.By;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An interceptor of the application may send its call on as often as it likes. */
@Timeout(120)
final class OkHttpInterceptorTest {
  private static final String TWICE = "X-Send-Twice";

  private final List<RawServer> outside = new ArrayList<>();

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
      // A call that began elsewhere is sent again once, however often it is sent on.
      assertThat(origin.refused()).isEqualTo(3);
      String host = "Host: " + led.substring("http://".length(), led.lastIndexOf('/'));
      assertThat(origin.calls()).hasSize(3).allMatch(seen -> seen.head().contains(host));
      assertThat(lab.leftovers()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("clients")
  void hopThatAnotherThreadSendsCarriesItsCallersKeyAndIsReplayed(Subject subject)
      throws Exception {
    try (InProcessLab lab = new InProcessLab(subject);
        ClientDriver driver = lab.driver(Settings.trusting(Tls.file().toString()))) {
      Origin origin = lab.origin(By.HEADER);
      Call call = Call.get(origin.url("/ask")).header("X-Send-Elsewhere", "yes");
      LatchkeyBridge.owner("alice");
      assertThat(driver.send(call).status()).isEqualTo(200);
      origin.expire();
      assertThat(driver.send(call).status()).isEqualTo(200);
      assertThat(origin.refused()).isEqualTo(1);
      assertThat(lab.scripted().owners()).containsExactly("alice", "alice", "alice");
      assertThat(lab.leftovers()).isEmpty();
    } finally {
      LatchkeyBridge.owner(null);
    }
  }

  /** OkHttp itself sends it again once where the server asks for that, and never otherwise. */
  @ParameterizedTest
  @MethodSource("clients")
  void whereARedirectLedTheClientAloneDecidesWhatIsSentAgain(Subject subject) throws Exception {
    try (InProcessLab lab = new InProcessLab(subject);
        ClientDriver driver = lab.driver(Settings.trusting(Tls.file().toString()))) {
      Origin origin = lab.origin(By.HEADER);
      origin.onAny("/busy", (seen, reply) -> reply.send(503, "", "Retry-After", "0"));
      origin.onAny("/gone", (seen, reply) -> reply.close());
      AtomicInteger asked = new AtomicInteger();
      origin.onAny(
          "/late",
          (seen, reply) -> {
            if (asked.incrementAndGet() == 1) reply.send(503, "", "Retry-After", "0");
            else origin.refuse(reply);
          });
      assertThat(driver.send(Call.get(led(origin, "/busy"))).status()).isEqualTo(503);
      assertThat(origin.calls()).hasSize(2);
      assertThatThrownBy(() -> driver.send(Call.get(led(origin, "/gone"))))
          .isInstanceOf(IOException.class);
      // A pooled connection and each address are tried; it did not end on 3.12.
      assertThat(origin.calls().size()).isLessThan(10);
      assertThat(driver.send(Call.get(led(origin, "/late"))).status()).isEqualTo(401);
      assertThat(asked.get()).isEqualTo(2);
    } finally {
      for (RawServer each : outside) each.close();
    }
  }

  @ParameterizedTest
  @MethodSource("clients")
  void whereARedirectLedOneHopOfTheCallIsReplayedAndNoOther(Subject subject) throws Exception {
    try (InProcessLab lab = new InProcessLab(subject);
        ClientDriver driver = lab.driver(Settings.trusting(Tls.file().toString()))) {
      Origin origin = lab.origin(By.HEADER);
      AtomicInteger asked = new AtomicInteger();
      origin.onAny(
          "/first",
          (seen, reply) -> {
            if (asked.incrementAndGet() == 1) origin.refuse(reply);
            else reply.send(302, "", "Location", origin.local("/second"));
          });
      origin.onAny("/second", (seen, reply) -> origin.refuse(reply));
      assertThat(driver.send(Call.get(led(origin, "/first"))).status()).isEqualTo(401);
      assertThat(asked.get()).isEqualTo(2);
      assertThat(origin.refused()).isEqualTo(2);
      assertThat(lab.leftovers()).isEmpty();
    } finally {
      for (RawServer each : outside) each.close();
    }
  }

  private String led(Origin origin, String path) throws IOException {
    String to = origin.url(path);
    RawServer server = RawServer.http((seen, reply) -> reply.send(302, "", "Location", to));
    outside.add(server);
    return server.url("/old");
  }
}
