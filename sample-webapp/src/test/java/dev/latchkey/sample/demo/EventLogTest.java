package dev.latchkey.sample.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EventLogTest {
  private static final String RENEWED =
      "2026-11-21T12:00:00.123Z WARN latchkey openrouter/app renewed ***************b465 refused";

  private final EventLog log = new EventLog();

  @Test
  void keepsLatchkeysLinesWithoutTimeAndLevel() {
    log.offer("INFO: Starting service [Tomcat]");
    log.offer(RENEWED);

    List<String> lines = log.take();
    assertThat(lines).containsExactly("openrouter/app renewed ***************b465 refused");
    assertThat(EventLog.count("renewed", lines)).isEqualTo(1);
    assertThat(EventLog.count("renew", lines)).isZero();
    assertThat(log.take()).isEmpty();
  }

  @Test
  void waitsForAnEvent() throws InterruptedException {
    Thread writer = new Thread(() -> log.offer(RENEWED));
    writer.start();

    assertThat(log.await("renewed", 10)).isTrue();
    assertThat(log.await("provisioned", 0)).isFalse();
    writer.join();
  }

  @Test
  void keepsAThousandAtMost() {
    for (int i = 0; i < 1_001; i++) log.offer(RENEWED);

    assertThat(log.take()).hasSize(1_000);
  }
}
