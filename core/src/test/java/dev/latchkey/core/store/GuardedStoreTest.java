package dev.latchkey.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.key.KeyEvent;
import dev.latchkey.core.key.KeyId;
import dev.latchkey.core.key.KeyLog;
import dev.latchkey.core.key.KeyStatus;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.time.FakeTime;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GuardedStoreTest {
  private static final Owner ALICE = Owner.of("alice");

  private final FakeTime time = FakeTime.create();
  private final List<KeyEvent> told = new ArrayList<>();
  private final MemoryStore table = MemoryStore.create(time);
  private final AtomicInteger asked = new AtomicInteger();
  private boolean gone;
  private boolean readOnly;
  private final GuardedStore store =
      GuardedStore.create(
          this::open, () -> null, "the table", time, KeyLog.create(time, told::add));

  private KeyStore open() {
    return (KeyStore)
        Proxy.newProxyInstance(
            KeyStore.class.getClassLoader(),
            new Class<?>[] {KeyStore.class},
            (self, method, args) -> {
              asked.incrementAndGet();
              if (gone) throw new StoreException("connection refused");
              if (readOnly && method.getName().matches("mark|count|append|add")) {
                throw new StoreException("the database is read-only");
              }
              return method.invoke(table, args);
            });
  }

  private boolean mark() {
    return store.mark(KeyId.own("vendor", ALICE), 1, KeyStatus.PAUSED, null, null);
  }

  @Test
  void aLossAtTheEndIsNotNews() {
    store.find("vendor", ALICE);
    store.ending();
    gone = true;

    assertThatThrownBy(() -> store.find("vendor", ALICE)).hasMessageContaining("refused");
    assertThat(told).isEmpty();
  }

  @Test
  void theLossAndTheRecoveryAreToldOnceEach() {
    store.find("vendor", ALICE);
    gone = true;
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> store.find("vendor", ALICE)).hasMessageContaining("refused");
      assertThatThrownBy(this::mark).hasMessageContaining("refused");
      time.advance(Duration.ofSeconds(2));
    }
    gone = false;
    store.find("vendor", ALICE);
    mark();

    assertThat(told)
        .extracting(KeyEvent::type)
        .containsExactly(KeyEvent.Type.DISABLED, KeyEvent.Type.RECOVERED);
    assertThat(told.get(0).reason()).contains("connection refused").contains("last known keys");
  }

  @Test
  void whileItIsGoneOneCallASecondTries() {
    store.find("vendor", ALICE);
    gone = true;
    assertThatThrownBy(() -> store.find("vendor", ALICE)).isInstanceOf(StoreException.class);
    int before = asked.get();
    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(() -> store.find("vendor", ALICE)).hasMessageContaining("trying again");
    }
    assertThat(asked.get()).isEqualTo(before);
    time.advance(Duration.ofSeconds(1));
    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(() -> store.find("vendor", ALICE)).isInstanceOf(StoreException.class);
    }
    assertThat(asked.get()).isEqualTo(before + 1);
  }

  @Test
  void aReadOnlyTableGoesOnServing() {
    readOnly = true;
    assertThatThrownBy(this::mark).hasMessageContaining("read-only");

    assertThat(store.find("vendor", ALICE)).isEmpty();
    assertThat(store.isDown()).isFalse();
    assertThat(told).hasSize(1);
    assertThat(told.get(0).reason()).contains("keys are read but nothing can be stored");

    readOnly = false;
    time.advance(Duration.ofSeconds(1));
    mark();
    assertThat(told).hasSize(2);
  }

  @Test
  void aSlowOpeningIsNotReportedAsLost() throws Exception {
    CountDownLatch slow = new CountDownLatch(1);
    GuardedStore late =
        GuardedStore.create(
            () -> {
              try {
                slow.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return table;
            },
            () -> null,
            "the table",
            time,
            KeyLog.create(time, told::add));
    List<Thread> readers = new ArrayList<>();
    List<Object> found = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 4; i++) {
      Thread reader = new Thread(() -> found.add(late.find("vendor", ALICE)), "reader-" + i);
      readers.add(reader);
      reader.start();
    }
    Crowd.await(
        "all wait", () -> readers.stream().allMatch(t -> t.getState().name().endsWith("WAITING")));
    time.advance(Duration.ofSeconds(45));

    assertThat(late.isDown()).isFalse();
    slow.countDown();
    for (Thread reader : readers) reader.join(10_000);

    assertThat(found).hasSize(4);
    assertThat(told).isEmpty();
  }

  @Test
  void aFailedOpeningIsTriedAgain() {
    boolean[] failing = {true};
    GuardedStore late =
        GuardedStore.create(
            () -> {
              if (failing[0]) throw new StoreException("no route");
              return table;
            },
            () -> null,
            "the table",
            time,
            KeyLog.create(time, told::add));
    assertThatThrownBy(() -> late.find("vendor", ALICE)).hasMessageContaining("no route");
    failing[0] = false;
    time.advance(Duration.ofSeconds(1));
    assertThat(late.find("vendor", ALICE)).isEmpty();
  }
}
