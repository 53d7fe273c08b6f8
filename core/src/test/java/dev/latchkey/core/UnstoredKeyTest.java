package dev.latchkey.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.call.KeyedCall;
import dev.latchkey.core.call.OutboundCalls;
import dev.latchkey.core.key.KeySource;
import dev.latchkey.core.key.KeyStatus;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.key.Secret;
import dev.latchkey.core.provider.Classifier;
import dev.latchkey.core.store.KeyStore;
import dev.latchkey.core.store.MemoryStore;
import dev.latchkey.core.store.StoreException;
import dev.latchkey.core.testkit.FakeVendor;
import dev.latchkey.core.testkit.VendorRequest;
import dev.latchkey.core.time.FakeTime;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keys of files and of the environment that serve before the table holds them. */
@Timeout(60)
class UnstoredKeyTest {
  private static final Owner ALICE = Owner.of("alice");
  private static final String KEY = "vk-hand-env";

  private final FakeTime time = FakeTime.create();
  private final FakeVendor vendor = new FakeVendor();
  private final MemoryStore table = MemoryStore.create(time);
  private volatile boolean gone;
  private volatile boolean isNew;
  private volatile int openings;
  private volatile int addable = 100;
  private volatile int tries;
  private final Latchkey latchkey = another();

  private Latchkey another() {
    return Latchkey.over(this::opened, "memory")
        .providers(Collections.singletonList(vendor))
        .time(time)
        .keepsHouse(false)
        .storeIsNew(() -> isNew)
        .start();
  }

  private KeyStore opened() {
    openings++;
    if (gone) throw new StoreException("no route to the table");
    isNew = false;
    return (KeyStore)
        Proxy.newProxyInstance(
            KeyStore.class.getClassLoader(), new Class<?>[] {KeyStore.class}, this::asked);
  }

  private Object asked(Object proxy, Method method, Object[] arguments) throws Throwable {
    if (method.getName().equals("add")) {
      tries++;
      if (addable == 0) throw new StoreException("the table does not take it");
      addable--;
    }
    boolean early = Thread.currentThread().getName().startsWith("latchkey-worker");
    if (method.getName().equals("mark") && early) return false; // As if it was still gone.
    try {
      return method.invoke(table, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @AfterEach
  void close() {
    latchkey.close();
  }

  private KeyedCall call() {
    KeyedCall call = latchkey.calls().open(VendorRequest.create(), ALICE);
    assertThat(call).as("a key serves").isNotNull();
    return call;
  }

  private static String bearer(KeyedCall call) {
    return call.headers().get(0).getValue().substring("Bearer ".length());
  }

  private List<ManagedKey> rows() {
    return table.find("vendor", ALICE);
  }

  private void tableComesBack() throws Exception {
    gone = false;
    time.advance(Duration.ofSeconds(2));
    latchkey.keepHouse();
  }

  @Test
  void keyThatServedWhileTheTableWasGoneIsStoredWhenThatIsBack() throws Exception {
    gone = true;
    vendor.environment(KEY);
    KeyedCall call = call();
    call.answered(FakeVendor.head(200), Classifier.NO_BODY);
    latchkey.keepHouse();
    assertThat(rows()).isEmpty();

    tableComesBack();

    assertThat(rows()).extracting(ManagedKey::source).containsExactly(KeySource.ENVIRONMENT);
    assertThat(rows()).extracting(ManagedKey::secret).containsExactly(Secret.of(KEY));
    assertThat(bearer(call())).isEqualTo(KEY);
  }

  @Test
  void itIsStoredAsItIsByNow() throws Exception {
    gone = true;
    vendor.environment(KEY);
    call().answered(FakeVendor.head(429), Classifier.NO_BODY);

    tableComesBack();

    assertThat(rows()).extracting(ManagedKey::status).containsExactly(KeyStatus.COOLING);
  }

  @Test
  void theTablesKeyWinsOnceItCanBeRead() throws Exception {
    call();
    Secret stored = rows().get(0).secret();
    gone = true;
    vendor.environment(KEY);
    Latchkey later = another();
    try {
      OutboundCalls calls = later.calls();
      KeyedCall early = calls.open(VendorRequest.create(), ALICE);
      assertThat(bearer(early)).isEqualTo(KEY);
      gone = false;
      time.advance(Duration.ofSeconds(2));
      later.keepHouse();
      early.answered(FakeVendor.head(429), Classifier.NO_BODY); // Says nothing of the table's key.
      assertThat(Secret.of(bearer(calls.open(VendorRequest.create(), ALICE)))).isEqualTo(stored);
      assertThat(rows()).extracting(ManagedKey::secret).containsExactly(stored);
    } finally {
      later.close();
    }
  }

  @Test
  void deadOneIsReplacedThoughItIsStoredWhileTheNewOneIsMade() throws Exception {
    isNew = true;
    vendor.environment(KEY).whileMinting(this::keepHouseTwice);
    KeyedCall refused = call();
    vendor.kill(Secret.of(KEY));

    assertThat(refused.answered(FakeVendor.head(401), Classifier.NO_BODY)).isTrue();
    String next = bearer(refused.replay(true));

    assertThat(next).isNotEqualTo(KEY);
    assertThat(bearer(call())).isEqualTo(next);
    assertThat(rows()).extracting(ManagedKey::secret).containsExactly(Secret.of(next));
    assertThat(rows()).extracting(ManagedKey::generation).containsExactly(2L);
    assertThat(vendor.minted()).isEqualTo(1);
  }

  private void keepHouseTwice() {
    try {
      latchkey.keepHouse();
      latchkey.keepHouse();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void deadOneIsReplacedByTheOneThatTheOperatorPutThere() throws Exception {
    isNew = true;
    vendor.canMint(false).environment(KEY);
    KeyedCall refused = call();
    vendor.kill(Secret.of(KEY));
    vendor.environment("vk-hand-next");

    assertThat(refused.answered(FakeVendor.head(401), Classifier.NO_BODY)).isTrue();

    assertThat(bearer(refused.replay(true))).isEqualTo("vk-hand-next");
    assertThat(rows()).extracting(ManagedKey::generation).containsExactly(2L);
  }

  @Test
  void disabledPoolIsNotFilledUp() throws Exception {
    isNew = true;
    vendor.pooled(true).environment("vk-hand-1", "vk-hand-2");
    call();
    addable = 1;
    latchkey.keepHouse();
    latchkey.keepHouse();
    table.disable("vendor", Owner.POOL, "by an operator");
    addable = 10;
    time.advance(Duration.ofSeconds(61));
    latchkey.calls().open(VendorRequest.create(), ALICE);
    latchkey.keepHouse();

    assertThat(table.find("vendor", Owner.POOL))
        .extracting(ManagedKey::status)
        .containsOnly(KeyStatus.DISABLED);
  }

  @Test
  void restIsKeptThoughTheTableHasTheVeryKeyAsActive() throws Exception {
    vendor.environment(KEY);
    call();
    Latchkey later = another();
    gone = true;
    try {
      KeyedCall spent = later.calls().open(VendorRequest.create(), ALICE);
      spent.answered(FakeVendor.head(429), Classifier.NO_BODY);
      gone = false;
      time.advance(Duration.ofSeconds(2));
      later.keepHouse();
      assertThat(rows()).extracting(ManagedKey::status).containsExactly(KeyStatus.COOLING);
    } finally {
      later.close();
    }
  }

  @Test
  void everyKeyOfAPoolIsStoredThoughTheTableTakesThemOnlyOneByOne() throws Exception {
    isNew = true;
    vendor.pooled(true).environment("vk-hand-1", "vk-hand-2", "vk-hand-3");
    call();
    addable = 1;
    latchkey.keepHouse();
    latchkey.keepHouse();
    assertThat(table.find("vendor", Owner.POOL)).hasSize(1);
    assertThat(openings).isEqualTo(1);

    addable = 10;
    time.advance(Duration.ofSeconds(61));
    call();
    latchkey.keepHouse();

    assertThat(table.find("vendor", Owner.POOL))
        .extracting(ManagedKey::secret)
        .containsExactlyInAnyOrder(
            Secret.of("vk-hand-1"), Secret.of("vk-hand-2"), Secret.of("vk-hand-3"));
  }

  @Test
  void poolOfTheTableIsNotFilledUp() throws Exception {
    vendor.pooled(true).environment("vk-hand-1");
    call();
    vendor.environment("vk-hand-1", "vk-hand-2");
    gone = true;
    Latchkey later = another();
    try {
      assertThat(later.calls().open(VendorRequest.create(), ALICE)).isNotNull();
      gone = false;
      time.advance(Duration.ofSeconds(2));
      later.keepHouse();
      assertThat(table.find("vendor", Owner.POOL)).hasSize(1);
    } finally {
      later.close();
    }
  }

  @Test
  void keyThatTheTableDoesNotTakeHoldsNothingElseUp() throws Exception {
    addable = 0;
    vendor.environment(KEY);
    KeyedCall call = call();
    call.answered(FakeVendor.head(200), Classifier.NO_BODY);
    for (int i = 0; i < 30; i++) {
      time.advance(Duration.ofSeconds(1));
      latchkey.keepHouse();
    }
    assertThat(tries).as("not all the time").isBetween(1, 3);
    assertThat(table.history()).as("events are written").isNotEmpty();
  }

  @Test
  void theFirstCallOfAllDoesNotWaitForATableToBeMade() throws Exception {
    isNew = true;
    vendor.environment(KEY);

    assertThat(bearer(call())).isEqualTo(KEY);
    latchkey.keepHouse();
    assertThat(openings).as("the first call comes first").isZero();

    latchkey.keepHouse();
    assertThat(rows()).extracting(ManagedKey::secret).containsExactly(Secret.of(KEY));
  }

  @Test
  void whatServedIsStoredByAProcessThatEndsAtOnce() {
    isNew = true;
    vendor.environment(KEY);
    call();

    latchkey.close();

    assertThat(rows()).extracting(ManagedKey::secret).containsExactly(Secret.of(KEY));
  }

  @Test
  void aTableIsMadeAtOnceWhereAKeyMustBeProvisioned() {
    isNew = true;

    call();

    assertThat(vendor.minted()).isEqualTo(1);
    assertThat(rows()).hasSize(1);
  }
}
