package dev.latchkey.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.call.KeyedCall;
import dev.latchkey.core.key.KeyEvent;
import dev.latchkey.core.key.KeyId;
import dev.latchkey.core.key.KeyStatus;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.key.Secret;
import dev.latchkey.core.provider.Classifier;
import dev.latchkey.core.store.Crowd;
import dev.latchkey.core.store.FakeSnapshot;
import dev.latchkey.core.store.KeyStore;
import dev.latchkey.core.store.MemoryStore;
import dev.latchkey.core.store.Snapshot;
import dev.latchkey.core.store.StoreException;
import dev.latchkey.core.testkit.FakeVendor;
import dev.latchkey.core.testkit.VendorRequest;
import dev.latchkey.core.time.FakeTime;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HousekeepingTest {
  private static final Owner ALICE = Owner.of("alice");

  private final FakeTime time = FakeTime.create();
  private final FakeVendor vendor = new FakeVendor();
  private final MemoryStore table = MemoryStore.create(time);
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile boolean gone;
  private volatile boolean isNew;
  private volatile Runnable afterReadingChanges = () -> {};
  private volatile @Nullable Snapshot snapshot;
  private final Latchkey latchkey =
      Latchkey.over(this::watched, "memory")
          .providers(Collections.singletonList(vendor))
          .time(time)
          .keepsHouse(false)
          .storeIsNew(() -> isNew)
          .snapshot(() -> snapshot)
          .start();

  @AfterEach
  void close() {
    latchkey.close();
  }

  private KeyStore watched() {
    return (KeyStore)
        Proxy.newProxyInstance(
            KeyStore.class.getClassLoader(),
            new Class<?>[] {KeyStore.class},
            (self, method, args) -> {
              asked.add(method.getName());
              if (gone) throw new StoreException("gone");
              try {
                Object answer = method.invoke(table, args);
                if (method.getName().equals("changes")) afterReadingChanges.run();
                return answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void callWell() {
    KeyedCall call = latchkey.calls().open(VendorRequest.create(), ALICE);
    call.answered(FakeVendor.head(200), Classifier.NO_BODY);
  }

  private void aCallHasTheTableFollowed() throws Exception {
    callWell();
    asked.clear();
    latchkey.keepHouse();
    assertThat(asked).contains("changes", "listen");
  }

  @Test
  void anIdleProcessLeavesTheTableAloneUntilItsNextCall() throws Exception {
    callWell();
    latchkey.keepHouse();
    time.advance(Duration.ofSeconds(11));
    latchkey.keepHouse();
    asked.clear();

    for (int i = 0; i < 100; i++) {
      time.advance(Duration.ofSeconds(1));
      latchkey.keepHouse();
    }

    assertThat(asked).isEmpty();
    callWell();
    latchkey.keepHouse();
    assertThat(asked).contains("changes");
  }

  @Test
  void anApplicationThatStartsIsLeftAloneForTenSecondsOrUntilItsFirstCall() throws Exception {
    latchkey.keepHouse();
    assertThat(asked).isEmpty();
    aCallHasTheTableFollowed();
  }

  @Test
  void callsThatAreNearHaveTheTableOpenedAndNothingElse() throws Exception {
    latchkey.callsAreNear();
    latchkey.keepHouse();
    latchkey.keepHouse();
    assertThat(asked).containsExactly("schema");
  }

  @Test
  void tableThatIsKnownBeforehandIsOpenedAfterTheFirstCall() throws Exception {
    ManagedKey key =
        ManagedKey.builder(KeyId.own("vendor", ALICE), "vendor", ALICE)
            .secret(Secret.of("sk-test-0123456789"))
            .build();
    table.add(key);
    snapshot = FakeSnapshot.of(table, key, Owner.of("bob"));
    latchkey.callsAreNear();
    latchkey.keepHouse();
    KeyedCall call = latchkey.calls().open(VendorRequest.create(), ALICE);
    assertThat(call.headers().get(0).getValue()).isEqualTo("Bearer sk-test-0123456789");
    call.answered(FakeVendor.head(200), Classifier.NO_BODY);
    latchkey.keepHouse();
    assertThat(asked).isEmpty();

    latchkey.keepHouse();
    assertThat(asked).contains("changes", "count").doesNotContain("find");
  }

  @Test
  void tableThatNobodyNeededYetIsNotMadeBeforeSomebodyDoes() throws Exception {
    isNew = true;
    latchkey.callsAreNear();
    latchkey.keepHouse();
    time.advance(Duration.ofMinutes(20));
    latchkey.keepHouse();
    assertThat(asked).isEmpty();

    callWell();
    asked.clear();
    latchkey.keepHouse();
    assertThat(asked).as("the first call comes first").isEmpty();
    latchkey.keepHouse();
    assertThat(asked).contains("changes", "listen");
  }

  @Test
  void tableThatIsGoneWhenCallsAreNearIsNoFault() throws Exception {
    gone = true;
    latchkey.callsAreNear();
    latchkey.keepHouse();
    gone = false;
    time.advance(Duration.ofSeconds(2));
    callWell();
    assertThat(asked).contains("schema", "find");
  }

  @Test
  void withoutAnyCallTheFirstRoundComesAfterTenSeconds() throws Exception {
    time.advance(Duration.ofSeconds(10));
    latchkey.keepHouse();
    assertThat(asked).contains("renewals");
  }

  @Test
  void whileCallsAreMadeTheTableIsReadTwiceASecond() {
    callWell();
    for (int i = 0; i < 20; i++) {
      asked.clear();
      time.advance(Duration.ofMillis(latchkey.beat()));
      callWell();
      assertThat(asked).contains("changes");
    }
    assertThat(latchkey.beat()).isEqualTo(500);
  }

  @Test
  void callsAreServedFromMemory() throws Exception {
    callWell();
    asked.clear();

    for (int i = 0; i < 1_000; i++) callWell();

    assertThat(asked).isEmpty();
    latchkey.keepHouse();
    assertThat(asked).containsOnlyOnce("count");
  }

  @Test
  void whatCouldNotBeWrittenIsWrittenLater() throws Exception {
    callWell();
    latchkey.keepHouse();
    gone = true;
    for (int i = 0; i < 3; i++) callWell();
    latchkey.keepHouse();
    latchkey.keepHouse();

    gone = false;
    time.advance(Duration.ofSeconds(2));
    asked.clear();
    latchkey.keepHouse();

    assertThat(asked).contains("count", "append");
  }

  @Test
  void whatARoundHadReadBeforeACallKnewBetterIsSetRightByTheNextOne() throws Exception {
    vendor.environment("vk-hand-0123456789").canMint(false).canProbe(false);
    callWell();
    latchkey.keepHouse();
    table.mark(row().id(), 1, KeyStatus.ACTIVE, null, "changed, so the next round reads it");
    afterReadingChanges = this::callIsRefused;
    latchkey.keepHouse();
    afterReadingChanges = () -> {};
    assertThat(row().status()).isEqualTo(KeyStatus.INVALID);
    callWell();

    latchkey.keepHouse();
    assertThat(recoveries()).as("the round has brought back what it had read").isZero();
    callWell();

    Crowd.await("the table says that it serves", () -> row().status() == KeyStatus.ACTIVE);
    latchkey.keepHouse();
    assertThat(recoveries()).isEqualTo(1);
  }

  private long recoveries() {
    return table.history().stream().filter(e -> e.type() == KeyEvent.Type.RECOVERED).count();
  }

  private void callIsRefused() {
    KeyedCall call = latchkey.calls().open(VendorRequest.create(), ALICE);
    assertThat(call.answered(FakeVendor.head(401), Classifier.NO_BODY)).isTrue();
    assertThat(call.replay(true)).isNull();
  }

  private ManagedKey row() {
    return table.find("vendor", ALICE).get(0);
  }

  @Test
  void whatIsOldIsForgottenOnceAnHour() throws Exception {
    callWell();
    latchkey.keepHouse();
    assertThat(asked).doesNotContain("pruneEvents");
    assertThat(table.history()).isNotEmpty();

    time.advance(Duration.ofDays(91));
    for (int i = 0; i < 5; i++) {
      callWell();
      time.advance(Duration.ofMinutes(11));
      latchkey.keepHouse();
    }

    assertThat(asked).containsOnlyOnce("pruneEvents");
    assertThat(table.history()).isEmpty();
  }

  @Test
  void aFaultOfOursNeverReachesTheApplication() {
    List<Throwable> thrown = new ArrayList<>();
    FakeVendor broken = new FakeVendor();
    Latchkey shaky =
        Latchkey.over(() -> table, "memory")
            .providers(Collections.singletonList(broken))
            .time(time)
            .caller(
                () -> {
                  throw new StackOverflowError("ours");
                })
            .keepsHouse(false)
            .start();
    try {
      assertThat(shaky.calls().open(VendorRequest.create(), null)).isNull();
      assertThat(shaky.calls().open(VendorRequest.to("elsewhere.test"), null)).isNull();
    } catch (Throwable t) {
      thrown.add(t);
    } finally {
      shaky.close();
    }
    assertThat(thrown).isEmpty();
  }
}
