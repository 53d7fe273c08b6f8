package dev.latchkey.agent.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.agent.contract.Origin.By;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * An application that is deployed, used and undeployed, again and again: nothing of ours may keep
 * its class loader. Loaders go when the collector looks, OkHttp's only once its own threads have
 * ended (about a minute after the last call, with or without an agent).
 */
final class LeakTest {
  private static final int DEPLOYMENTS = 200;

  /** OkHttp first, so that its minute passes while the others are deployed. */
  private static Stream<Subject> clients() {
    return Subject.newest()
        .filter(subject -> !subject.isMinimal())
        .sorted(Comparator.comparing(subject -> !subject.name().startsWith("okhttp")));
  }

  @Test
  @Timeout(600)
  void noLoaderOfAnUndeployedApplicationStays() throws Exception {
    Map<Subject, List<WeakReference<ClassLoader>>> loaders = new LinkedHashMap<>();
    for (Subject subject : clients().collect(Collectors.toList())) {
      loaders.put(subject, deployments(subject));
    }
    for (Map.Entry<Subject, List<WeakReference<ClassLoader>>> each : loaders.entrySet()) {
      Collected.all(each.getValue());
      assertThat(each.getValue()).as(each.getKey().name()).allMatch(l -> l.get() == null);
    }
  }

  private static List<WeakReference<ClassLoader>> deployments(Subject subject) throws Exception {
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    try (InProcessLab lab = new InProcessLab(subject)) {
      for (int i = 0; i < DEPLOYMENTS; i++) loaders.add(deployment(lab, subject));
    }
    return loaders;
  }

  private static WeakReference<ClassLoader> deployment(InProcessLab lab, Subject subject)
      throws Exception {
    Origin origin = lab.origin(By.HEADER);
    DriverLoader application = DriverLoader.of(subject);
    Settings settings = Settings.trusting(Tls.file().toString());
    try (ClientDriver driver = application.driver(subject.driver(), settings)) {
      origin.expire();
      origin.forget();
      assertThat(driver.send(Call.get(origin.url("/ask"))).status()).isEqualTo(200);
    }
    application.close();
    return new WeakReference<>(application);
  }

  @Test
  void testSeesALoaderThatStays() throws Exception {
    Map<String, Object> kept = new ConcurrentHashMap<>(new TreeMap<>());
    ClassLoader loader = new ClassLoader(null) {};
    kept.put("loader", loader);
    List<WeakReference<ClassLoader>> loaders =
        Collections.singletonList(new WeakReference<>(loader));
    Collected.within(1, loaders);
    assertThat(loaders.get(0).get()).isSameAs(kept.get("loader"));
  }
}
