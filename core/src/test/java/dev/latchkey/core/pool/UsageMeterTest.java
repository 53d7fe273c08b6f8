package dev.latchkey.core.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.key.KeyId;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.key.Secret;
import dev.latchkey.core.store.Usage;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UsageMeterTest {
  private static final Owner ALICE = Owner.of("alice");
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final LocalDate DAY = LocalDate.of(2026, 1, 1);

  private final UsageMeter meter = UsageMeter.create();
  private final ManagedKey key =
      ManagedKey.builder(KeyId.own("vendor", ALICE), "vendor", ALICE)
          .secret(Secret.of("vk-12345678"))
          .build();

  @Test
  void countsSuccessesAndErrorsApart() {
    for (int i = 0; i < 3; i++) meter.count(key, ALICE, DAY, NOW, true);
    meter.count(key, ALICE, DAY, NOW, false);

    List<Usage> drained = meter.drain();

    assertThat(drained).hasSize(1);
    assertThat(drained.get(0).successes()).isEqualTo(3);
    assertThat(drained.get(0).errors()).isEqualTo(1);
    assertThat(drained.get(0).lastUsed()).isEqualTo(NOW);
    assertThat(meter.drain()).isEmpty();
  }

  @Test
  void callersAndDaysAreCountedApart() {
    meter.count(key, ALICE, DAY, NOW, true);
    meter.count(key, Owner.of("bob"), DAY, NOW, true);
    meter.count(key, ALICE, DAY.plusDays(1), NOW, true);

    assertThat(meter.drain()).hasSize(3);
  }

  @Test
  void nothingIsLostWhileSomebodyDrains() throws Exception {
    int threads = 8;
    int each = 20_000;
    CountDownLatch gate = new CountDownLatch(1);
    ExecutorService pool = Executors.newFixedThreadPool(threads + 1);
    List<Future<?>> counting = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      counting.add(
          pool.submit(
              () -> {
                gate.await();
                for (int i = 0; i < each; i++) meter.count(key, ALICE, DAY, NOW, i % 4 != 0);
                return null;
              }));
    }
    AtomicBoolean done = new AtomicBoolean();
    Future<long[]> drained = pool.submit(() -> drainUntil(done));
    gate.countDown();
    for (Future<?> one : counting) one.get();
    done.set(true);

    long[] sums = drained.get();
    assertThat(sums[0] + sums[1]).isEqualTo((long) threads * each);
    assertThat(sums[1]).isEqualTo((long) threads * each / 4);
    pool.shutdown();
  }

  private long[] drainUntil(AtomicBoolean done) {
    long[] sums = new long[2];
    boolean last;
    do {
      last = done.get();
      for (Usage usage : meter.drain()) {
        sums[0] += usage.successes();
        sums[1] += usage.errors();
      }
    } while (!last);
    return sums;
  }
}
