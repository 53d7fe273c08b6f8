package dev.latchkey.core.work;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HeartbeatTest {
  private static final long NEVER = 1_000_000_000;

  /** An interrupt in the middle of a write would close the embedded database's file. */
  @Test
  void closingLetsTheBeatUnderWayEndUninterrupted() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    AtomicBoolean whole = new AtomicBoolean();
    Heartbeat heartbeat =
        Heartbeat.start(
            "test-beat-",
            () -> {
              begun.countDown();
              never.await(200, MILLISECONDS);
              whole.set(true);
              return NEVER;
            });
    assertThat(begun.await(10, SECONDS)).isTrue();
    heartbeat.close();
    assertThat(whole).isTrue();
  }

  @Test
  void closingEndsALongPause() throws Exception {
    AtomicInteger beats = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(1);
    Thread[] thread = new Thread[1];
    Heartbeat heartbeat =
        Heartbeat.start(
            "test-pause-",
            () -> {
              thread[0] = Thread.currentThread();
              beats.incrementAndGet();
              begun.countDown();
              return NEVER;
            });
    assertThat(begun.await(10, SECONDS)).isTrue();
    heartbeat.close();
    thread[0].join(10_000);
    assertThat(thread[0].isAlive()).isFalse();
    assertThat(beats).hasValue(1);
  }
}
