package dev.latchkey.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.call.KeyedCall;
import dev.latchkey.core.call.OutboundCalls;
import dev.latchkey.core.call.OutboundRequest;
import dev.latchkey.core.key.Owner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class EngineTest {
  private static final ClassLoader HOME = EngineTest.class.getClassLoader();

  private final Opening opening = new Opening();

  /** What opens within these tests' bounds was not waited for at leisure. */
  private final Engine engine = Engine.create(opening, HOME, 600_000);

  private final OutboundCalls calls = new ClientCalls("okhttp", engine);

  @Test
  void firstCallWaitsUntilItIsOpen() throws Exception {
    CompletableFuture<Boolean> managed = CompletableFuture.supplyAsync(this::manages);
    assertThat(opening.begun.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(managed).isNotDone();
    opening.mayEnd.countDown();
    assertThat(managed.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void applicationThatOnlyBeginsIsLeftAloneUntilSomebodyNeedsIt() throws Exception {
    engine.start();
    assertThat(opening.asked.await(10, TimeUnit.SECONDS)).isTrue();
    for (int i = 0; i < 1_000 && opening.thread.getState() != Thread.State.TIMED_WAITING; i++) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    assertThat(opening.thread.getState()).isEqualTo(Thread.State.TIMED_WAITING);
    assertThat(opening.times).hasValue(0);
    engine.need();
    assertThat(opening.begun.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void opensThoughNobodyNeedsIt() throws Exception {
    Engine.create(opening, HOME, 10).start();
    assertThat(opening.begun.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void opensAtOnceWhereTheSettingsAskForIt() throws Exception {
    opening.urgent = true;
    engine.start();
    assertThat(opening.begun.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void clientThatIsLoadedNeedsIt() throws Exception {
    engine.callsAreNear();
    assertThat(opening.begun.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void applicationThatInterruptsAllThreadsOpensIt() throws Exception {
    engine.start();
    assertThat(opening.asked.await(10, TimeUnit.SECONDS)).isTrue();
    opening.mayEnd.countDown();
    opening.thread.interrupt();
    assertThat(engine.await()).isInstanceOf(Opened.class);
    assertThat(opening.told).isNull();
  }

  @Test
  void opensOnce() {
    opening.mayEnd.countDown();
    engine.start();
    engine.need();
    engine.start();
    assertThat(manages()).isTrue();
    assertThat(manages()).isTrue();
    assertThat(opening.times).hasValue(1);
  }

  @Test
  void clientThatIsOffManagesNothing() {
    opening.mayEnd.countDown();
    assertThat(new ClientCalls("off", engine).manages("https", "h", -1, "/")).isFalse();
  }

  @Test
  void openingThatFailsIsToldAndManagesNothing() {
    opening.fault = new IllegalStateException("no settings");
    opening.mayEnd.countDown();
    assertThat(manages()).isFalse();
    assertThat(opening.told).isSameAs(opening.fault);
  }

  @Test
  void callsOfTheOpeningItselfDoNotWait() throws Exception {
    opening.asking = calls;
    opening.mayEnd.countDown();
    engine.await();
    assertThat(opening.answer).isFalse();
    assertThat(manages()).isTrue();
  }

  @Test
  void interruptedCallGoesOutAsItIs() {
    Thread.currentThread().interrupt();
    assertThat(manages()).isFalse();
    assertThat(Thread.interrupted()).isTrue();
    opening.mayEnd.countDown();
    assertThat(manages()).isTrue();
  }

  @Test
  void whatIsOpenIsToldOnceThatCallsAreNear() {
    opening.mayEnd.countDown();
    engine.await();
    engine.callsAreNear();
    engine.callsAreNear();
    assertThat(opening.near).hasValue(1);
  }

  @Test
  void callsThatAreNearBeforeItIsOpenAreToldThen() {
    engine.start();
    engine.callsAreNear();
    assertThat(opening.near).hasValue(0);
    opening.mayEnd.countDown();
    engine.await();
    assertThat(opening.near).hasValue(1);
  }

  private boolean manages() {
    return calls.manages("https", "api.example.com", -1, "/");
  }

  /** Opens when it may, and manages everything but for the client named off. */
  private static final class Opening implements Engine.Opener {
    final CountDownLatch asked = new CountDownLatch(1);
    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch mayEnd = new CountDownLatch(1);
    final AtomicInteger times = new AtomicInteger();
    final AtomicInteger near = new AtomicInteger();
    volatile @Nullable RuntimeException fault;
    volatile @Nullable Throwable told;
    volatile @Nullable OutboundCalls asking;
    volatile boolean answer = true;
    volatile boolean urgent;
    volatile Thread thread = Thread.currentThread();

    @Override
    public boolean isUrgent() {
      thread = Thread.currentThread();
      asked.countDown();
      return urgent;
    }

    @Override
    public Engine.Opened open() throws InterruptedException {
      times.incrementAndGet();
      begun.countDown();
      OutboundCalls nested = asking;
      if (nested != null) answer = nested.manages("https", "api.example.com", -1, "/");
      if (!mayEnd.await(30, TimeUnit.SECONDS)) throw new AssertionError("never allowed to end");
      if (fault != null) throw fault;
      return new Opened(near);
    }

    @Override
    public void failed(Throwable why) {
      told = why;
    }
  }

  private static final class Opened implements Engine.Opened {
    private final AtomicInteger near;

    Opened(AtomicInteger near) {
      this.near = near;
    }

    @Override
    public OutboundCalls callsOf(String client) {
      return client.equals("off") ? Nothing.INSTANCE : new Everything();
    }

    @Override
    public void callsAreNear() {
      near.incrementAndGet();
    }
  }

  private static final class Everything implements OutboundCalls {
    @Override
    public boolean manages(String scheme, String host, int port, String path) {
      return true;
    }

    @Override
    public @Nullable KeyedCall open(OutboundRequest request, @Nullable Owner owner) {
      return null;
    }
  }
}
