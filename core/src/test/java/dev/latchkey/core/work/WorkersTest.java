package dev.latchkey.core.work;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkersTest {
  private final Workers workers = Workers.create();

  @AfterEach
  void close() {
    workers.close();
  }

  @Test
  void threadsAreNamedDaemonsWithoutTheCallersLoader() throws Exception {
    Thread.currentThread().setContextClassLoader(new ClassLoader() {});
    Thread thread = workers.submit(Thread::currentThread).get(10, SECONDS);
    Thread.currentThread().setContextClassLoader(WorkersTest.class.getClassLoader());

    assertThat(thread.isDaemon()).isTrue();
    assertThat(thread.getName()).startsWith("latchkey-worker-");
    assertThat(thread.getContextClassLoader()).isSameAs(Workers.class.getClassLoader());
  }

  @Test
  void tooManyTasksAreRefusedInTheirFuture() {
    CountDownLatch hold = new CountDownLatch(1);
    List<CompletableFuture<Boolean>> futures = new ArrayList<>();
    for (int i = 0; i < Workers.THREADS + Workers.WAITING + 1; i++) {
      futures.add(
          workers.submit(
              () -> {
                hold.await();
                return true;
              }));
    }
    CompletableFuture<Boolean> last = futures.get(futures.size() - 1);
    assertThatThrownBy(() -> last.get(1, SECONDS)).hasMessageContaining("1000 tasks wait");
    hold.countDown();
  }

  @Test
  void aTaskThatIsNearlyDoneIsNotInterruptedAtTheEnd() throws Exception {
    CountDownLatch runs = new CountDownLatch(1);
    CompletableFuture<Boolean> interrupted =
        workers.submit(
            () -> {
              runs.countDown();
              while (!workers.submit(() -> true).isCompletedExceptionally()) Thread.yield();
              return Thread.currentThread().isInterrupted();
            });
    runs.await();
    workers.close();
    assertThat(interrupted.get(10, SECONDS)).isFalse();
  }

  @Test
  void aTaskThatHangsIsInterruptedAtTheEnd() throws Exception {
    CountDownLatch runs = new CountDownLatch(1);
    CompletableFuture<Boolean> hangs =
        workers.submit(
            () -> {
              runs.countDown();
              return new CountDownLatch(1).await(1, MINUTES);
            });
    runs.await();
    workers.close();
    assertThatThrownBy(() -> hangs.get(10, SECONDS)).hasCauseInstanceOf(InterruptedException.class);
  }

  @Test
  void anErrorInATaskReachesWhoWaits() {
    CompletableFuture<Object> failed =
        workers.submit(
            () -> {
              throw new NoClassDefFoundError("gone");
            });
    assertThatThrownBy(() -> failed.get(10, SECONDS)).hasMessageContaining("gone");
  }

  @Test
  void withinGivesUpButTheTaskGoesOn() throws Exception {
    CountDownLatch hold = new CountDownLatch(1);
    CompletableFuture<String> slow =
        workers.submit(
            () -> {
              hold.await();
              return "late";
            });
    assertThat(workers.within(slow, Duration.ofMillis(1), "gave up").get(10, SECONDS))
        .isEqualTo("gave up");
    hold.countDown();
    assertThat(slow.get(10, SECONDS)).isEqualTo("late");
  }

  @RepeatedTest(20)
  void oneFlightForAllWhoAskMeanwhile() throws Exception {
    SingleFlight<String, Integer> flights = new SingleFlight<>();
    AtomicInteger flown = new AtomicInteger();
    CompletableFuture<Integer> landing = new CompletableFuture<>();
    CountDownLatch gate = new CountDownLatch(1);
    ExecutorService crowd = Executors.newFixedThreadPool(16);
    List<Future<CompletableFuture<Integer>>> asked = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      asked.add(
          crowd.submit(
              () -> {
                gate.await();
                return flights.fly(
                    "key",
                    () -> {
                      flown.incrementAndGet();
                      return landing;
                    });
              }));
    }
    gate.countDown();
    List<CompletableFuture<Integer>> results = new ArrayList<>();
    for (Future<CompletableFuture<Integer>> one : asked) results.add(one.get(10, SECONDS));
    landing.complete(7);

    for (CompletableFuture<Integer> one : results) assertThat(one.get(10, SECONDS)).isEqualTo(7);
    assertThat(flown.get()).isEqualTo(1);
    assertThat(flights.inFlight()).isZero();
    crowd.shutdown();
  }
}
