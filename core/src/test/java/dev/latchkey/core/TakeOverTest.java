package dev.latchkey.core;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.call.KeyedCall;
import dev.latchkey.core.key.KeyId;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.key.Secret;
import dev.latchkey.core.provider.Classifier;
import dev.latchkey.core.store.Crowd;
import dev.latchkey.core.store.KeyStore;
import dev.latchkey.core.store.MemoryStore;
import dev.latchkey.core.store.RenewalJournal;
import dev.latchkey.core.testkit.FakeVendor;
import dev.latchkey.core.testkit.VendorRequest;
import dev.latchkey.core.time.FakeTime;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process that dies in mid-mint, seen from those that wait for it. */
@Timeout(60)
class TakeOverTest {
  private static final Owner ALICE = Owner.of("alice");

  private final FakeTime time = FakeTime.create();
  private final FakeVendor vendor = new FakeVendor().budget(100);
  private final MemoryStore table = MemoryStore.create(time);
  private final AtomicInteger turnedAway = new AtomicInteger();
  private final CountDownLatch frozen = new CountDownLatch(1);
  private final List<Latchkey> opened = new ArrayList<>();

  private Latchkey open() {
    return open(Duration.ofSeconds(10));
  }

  private Latchkey open(Duration longestProviderCall) {
    Latchkey one =
        Latchkey.over(this::watched, "memory")
            .providers(Collections.singletonList(vendor))
            .longestProviderCall(longestProviderCall)
            .time(time)
            .keepsHouse(false)
            .start();
    opened.add(one);
    return one;
  }

  /** The table, counting who was refused a lease. */
  private KeyStore watched() {
    RenewalJournal journal =
        (RenewalJournal)
            proxy(
                RenewalJournal.class,
                (method, arguments) -> {
                  Object answer = method.invoke(table.renewals(), arguments);
                  boolean begins = method.getName().equals("begin");
                  if (begins && !((Optional<?>) answer).isPresent()) turnedAway.incrementAndGet();
                  return answer;
                });
    return (KeyStore)
        proxy(
            KeyStore.class,
            (method, arguments) ->
                method.getName().equals("renewals") ? journal : method.invoke(table, arguments));
  }

  private interface Invocation {
    Object of(java.lang.reflect.Method method, Object[] arguments) throws Exception;
  }

  private static Object proxy(Class<?> type, Invocation invocation) {
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (self, method, arguments) -> invocation.of(method, arguments));
  }

  @AfterEach
  void close() {
    frozen.countDown();
    opened.forEach(Latchkey::close);
  }

  private static KeyedCall call(Latchkey on, Owner owner) {
    return on.calls().open(VendorRequest.create(), owner);
  }

  private static String bearer(KeyedCall call) {
    return call.headers().get(0).getValue().substring("Bearer ".length());
  }

  /** A call whose key is refused, and what comes of it. */
  private CompletableFuture<KeyedCall> refused(Latchkey on, Owner owner) {
    KeyedCall call = call(on, owner);
    assertThat(call.answered(FakeVendor.head(401), Classifier.NO_BODY)).isTrue();
    return call.replayAsync(true);
  }

  /** The next mint never comes back, as if its process had been killed. */
  private void freezeTheNextMint() {
    AtomicInteger left = new AtomicInteger(1);
    vendor.whileMinting(
        () -> {
          if (left.getAndDecrement() <= 0) return;
          try {
            frozen.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  @Test
  void aWaiterTakesOverWhenTheLeaseHasRunOut() throws Exception {
    Latchkey dying = open();
    Latchkey other = open();
    call(dying, ALICE);
    call(other, ALICE);
    vendor.killAll();
    freezeTheNextMint();
    CompletableFuture<KeyedCall> late = refused(dying, ALICE);
    Crowd.await("the mint hangs", () -> vendor.minted() == 2);
    time.advance(Duration.ofSeconds(20));

    CompletableFuture<KeyedCall> waiting = refused(other, ALICE);
    Crowd.await("it waits", () -> turnedAway.get() == 1);
    time.advance(Duration.ofSeconds(11));

    assertThat(bearer(waiting.get(10, SECONDS))).startsWith("vk-ref-3-");
    frozen.countDown();
    assertThat(bearer(late.get(10, SECONDS))).as("it lost").startsWith("vk-ref-3-");
    Crowd.await("the surplus key is revoked", () -> vendor.revoked().contains("ref-2"));
    assertThat(table.find("vendor", ALICE).get(0).generation()).isEqualTo(2);
  }

  @Test
  void aMintThatIsAllowedToTakeLongKeepsItsLease() throws Exception {
    Latchkey slow = open(Duration.ofMinutes(2));
    Latchkey other = open(Duration.ofMinutes(2));
    call(slow, ALICE);
    call(other, ALICE);
    vendor.killAll();
    freezeTheNextMint();
    CompletableFuture<KeyedCall> late = refused(slow, ALICE);
    Crowd.await("the mint hangs", () -> vendor.minted() == 2);

    time.advance(Duration.ofSeconds(119));
    CompletableFuture<KeyedCall> waiting = refused(other, ALICE);
    Crowd.await("it waits", () -> turnedAway.get() == 1);
    frozen.countDown();

    assertThat(bearer(late.get(10, SECONDS))).startsWith("vk-ref-2-");
    assertThat(bearer(waiting.get(10, SECONDS))).startsWith("vk-ref-2-");
    assertThat(vendor.minted()).isEqualTo(2);
  }

  @Test
  void manyWaitersMakeOneKey() throws Exception {
    List<Latchkey> fleet = new ArrayList<>();
    for (int i = 0; i < 5; i++) fleet.add(open());
    for (Latchkey one : fleet) call(one, ALICE);
    vendor.killAll();
    freezeTheNextMint();
    refused(fleet.get(0), ALICE);
    Crowd.await("the mint hangs", () -> vendor.minted() == 2);

    List<CompletableFuture<KeyedCall>> waiting = new ArrayList<>();
    for (Latchkey one : fleet.subList(1, 5)) waiting.add(refused(one, ALICE));
    Crowd.await("they wait", () -> turnedAway.get() == 4);
    time.advance(Duration.ofSeconds(31));

    for (CompletableFuture<KeyedCall> one : waiting) {
      assertThat(bearer(one.get(10, SECONDS))).startsWith("vk-ref-3-");
    }
    assertThat(vendor.minted()).isEqualTo(3);
  }

  @Test
  void aFirstKeyIsTakenOverToo() throws Exception {
    Latchkey dying = open();
    Latchkey other = open();
    freezeTheNextMint();
    CompletableFuture<?> first = dying.sync(vendor, ALICE);
    Crowd.await("the mint hangs", () -> vendor.minted() == 1);

    CompletableFuture<KeyedCall> waiting =
        CompletableFuture.supplyAsync(() -> call(other, ALICE), task -> new Thread(task).start());
    Crowd.await("it waits", () -> turnedAway.get() == 1);
    assertThat(first.isDone()).isFalse();
    time.advance(Duration.ofSeconds(31));

    assertThat(bearer(waiting.get(10, SECONDS))).startsWith("vk-ref-2-");
  }

  @Test
  void aFailureThatAnotherProcessSawIsNotTriedAgainByEveryWaiter() throws Exception {
    Latchkey other = open();
    call(other, ALICE);
    vendor.killAll();
    KeyId id = KeyId.own("vendor", ALICE);
    RenewalJournal.Attempt held =
        table.renewals().begin(id, "vendor", ALICE, 1, "held", Duration.ofSeconds(30)).get();
    CompletableFuture<KeyedCall> waiting = refused(other, ALICE);
    Crowd.await("it waits", () -> turnedAway.get() == 1);

    table.renewals().abandoned(held, "the provider hangs");

    assertThat(waiting.get(10, SECONDS)).isNull();
    assertThat(vendor.minted()).isEqualTo(1);
  }

  @Test
  void waitersHoldNoThread() throws Exception {
    Latchkey other = open();
    List<CompletableFuture<KeyedCall>> waiting = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Owner owner = Owner.of("owner-" + i);
      KeyedCall call = call(other, owner);
      vendor.kill(Secret.of(bearer(call)));
      KeyId id = KeyId.own("vendor", owner);
      table.renewals().begin(id, "vendor", owner, 1, "held", Duration.ofSeconds(30));
      waiting.add(refused(other, owner));
    }
    Crowd.await("they wait", () -> turnedAway.get() == 40);

    assertThat(other.sync(vendor, ALICE).get(2, SECONDS).isUsable()).isTrue();
    assertThat(waiting).noneMatch(CompletableFuture::isDone);
  }
}
