package dev.latchkey.core;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.call.KeyedCall;
import dev.latchkey.core.key.KeyEvent;
import dev.latchkey.core.key.KeyId;
import dev.latchkey.core.key.KeySource;
import dev.latchkey.core.key.KeyStatus;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.key.Secret;
import dev.latchkey.core.provider.Classifier;
import dev.latchkey.core.provider.ProvisioningException;
import dev.latchkey.core.renewal.Renewed;
import dev.latchkey.core.store.KeyStore;
import dev.latchkey.core.store.MemoryStore;
import dev.latchkey.core.store.StoreException;
import dev.latchkey.core.sync.SyncResult;
import dev.latchkey.core.testkit.FakeVendor;
import dev.latchkey.core.testkit.VendorRequest;
import dev.latchkey.core.time.FakeTime;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The key loop without a network: front door, sync, renewal and store together. */
@Timeout(60)
class KeyLoopTest {
  private static final Owner ALICE = Owner.of("alice");

  private final FakeTime time = FakeTime.create();
  private final FakeVendor vendor = new FakeVendor();
  private final MemoryStore table = MemoryStore.create(time);
  private final List<Latchkey> opened = new ArrayList<>();
  private final Latchkey latchkey = open();

  @TempDir Path folder;

  private Latchkey open() {
    return over(() -> table);
  }

  private Latchkey over(Supplier<KeyStore> opener) {
    Latchkey one =
        Latchkey.over(opener, "memory")
            .providers(Collections.singletonList(vendor))
            .time(time)
            .keepsHouse(false)
            .start();
    opened.add(one);
    return one;
  }

  @AfterEach
  void close() {
    opened.forEach(Latchkey::close);
  }

  private KeyedCall call() {
    return call(latchkey);
  }

  private static KeyedCall call(Latchkey on) {
    return on.calls().open(VendorRequest.create(), ALICE);
  }

  private static String bearer(KeyedCall call) {
    return call.headers().get(0).getValue().substring("Bearer ".length());
  }

  private boolean answer(KeyedCall call) {
    int status = vendor.accepts(Secret.of(bearer(call))) ? 200 : 401;
    return call.answered(FakeVendor.head(status), Classifier.NO_BODY);
  }

  private ManagedKey row() {
    return table.find("vendor", ALICE).get(0);
  }

  @Test
  void theFirstCallMakesAKeyAndStoresItBeforeItIsUsed() {
    KeyedCall call = call();

    assertThat(bearer(call)).startsWith("vk-ref-1-");
    assertThat(row().secret()).isEqualTo(Secret.of(bearer(call)));
    assertThat(row().source()).isEqualTo(KeySource.AUTO_PROVISIONED);
    assertThat(vendor.names()).containsExactly("auto-renewed-alice-20260101_000000");
    assertThat(answer(call)).isFalse();
  }

  @Test
  void aRefusedKeyIsReplacedAndTheCallReplayedOnce() {
    call();
    vendor.killAll();
    KeyedCall first = call();

    assertThat(answer(first)).isTrue();
    KeyedCall second = first.replay(true);

    assertThat(bearer(second)).startsWith("vk-ref-2-");
    assertThat(second.isReplay()).isTrue();
    assertThat(answer(second)).isFalse();
    assertThat(row().generation()).isEqualTo(2);
  }

  @Test
  void aReplayThatIsRefusedTooIsHandedBack() {
    KeyedCall first = call();
    vendor.killAll();
    answer(first);
    KeyedCall second = first.replay(true);
    vendor.killAll();

    assertThat(answer(second)).isFalse();
    assertThat(second.replay(true)).isNull();
  }

  @Test
  void aBodyThatCannotBeRepeatedIsNotReplayedButTheNextCallSucceeds() {
    KeyedCall first = call();
    vendor.killAll();
    answer(first);

    assertThat(first.replay(false)).isNull();
    await(() -> bearer(call()).startsWith("vk-ref-2-"));
    assertThat(row().generation()).isEqualTo(2);
  }

  @Test
  void aRefusalThatTheProbeDoesNotConfirmChangesNothing() {
    KeyedCall first = call();

    assertThat(first.answered(FakeVendor.head(401), Classifier.NO_BODY)).isTrue();
    assertThat(first.replay(true)).isNull();
    assertThat(vendor.minted()).isEqualTo(1);
    assertThat(row().status()).isEqualTo(KeyStatus.ACTIVE);
  }

  @Test
  void anErrorInsideA200IsARefusal() {
    KeyedCall first = call();
    vendor.killAll();
    byte[] body = "<dead/>".getBytes(StandardCharsets.UTF_8);

    assertThat(first.wantsBody(FakeVendor.head(200, "kind", "xml"))).isTrue();
    assertThat(first.decided(FakeVendor.head(200), body, 3)).isFalse();
    assertThat(first.answered(FakeVendor.head(200), body)).isTrue();
    assertThat(bearer(first.replay(true))).startsWith("vk-ref-2-");
  }

  @Test
  void manyThreadsOnADeadKeyMakeOneRenewal() throws Exception {
    call();
    vendor.killAll();

    List<Future<KeyedCall>> replays = together(32, () -> callAndReplay(latchkey));

    for (Future<KeyedCall> replay : replays) {
      assertThat(bearer(replay.get(30, SECONDS))).startsWith("vk-ref-2-");
    }
    assertThat(vendor.minted()).isEqualTo(2);
  }

  @Test
  void fourProcessesOnADeadKeyMakeOneRenewal() throws Exception {
    List<Latchkey> fleet = new ArrayList<>();
    for (int i = 0; i < 4; i++) fleet.add(open());
    for (Latchkey one : fleet) call(one);
    assertThat(vendor.minted()).isEqualTo(1);
    vendor.killAll();

    List<Future<KeyedCall>> replays = new ArrayList<>();
    for (Latchkey one : fleet) replays.addAll(together(8, () -> callAndReplay(one)));

    for (Future<KeyedCall> replay : replays) {
      assertThat(bearer(replay.get(30, SECONDS))).startsWith("vk-ref-2-");
    }
    assertThat(vendor.minted()).isEqualTo(2);
  }

  private KeyedCall callAndReplay(Latchkey on) {
    KeyedCall call = call(on);
    return answer(call) ? call.replay(true) : call;
  }

  @Test
  void aWrongProvisioningKeyCostsOneAttemptNotOneACall() {
    KeyedCall first = call();
    vendor.killAll();
    vendor.failing(ProvisioningException.refused("401 wrong provisioning key", null));
    answer(first);

    assertThat(first.replay(true)).isNull();
    for (int i = 0; i < 20; i++) {
      KeyedCall next = call();
      assertThat(answer(next)).isTrue();
      assertThat(next.replay(true)).isNull();
    }
    assertThat(vendor.probes()).as("only the first refusal was looked into").isEqualTo(2);

    vendor.failing(null);
    time.advance(Duration.ofMinutes(6));
    KeyedCall last = call();
    answer(last);
    assertThat(bearer(last.replay(true))).startsWith("vk-ref-2-");
  }

  @Test
  void theBudgetEndsALoopOfRenewals() {
    call();
    int renewed = 0;
    for (int i = 0; i < 10; i++) {
      vendor.killAll();
      KeyedCall call = call();
      answer(call);
      if (call.replay(true) != null) renewed++;
      time.advance(Duration.ofMinutes(1));
    }
    assertThat(renewed).as("three an hour, besides the first key").isEqualTo(3);

    time.advance(Duration.ofHours(2));
    KeyedCall later = call();
    answer(later);
    assertThat(later.replay(true)).isNotNull();
  }

  @Test
  void aBudgetOfNoneStillGivesAFirstKey() {
    vendor.budget(0);
    KeyedCall first = call();
    vendor.killAll();

    assertThat(answer(first)).isTrue();
    assertThat(first.replay(true)).isNull();
    assertThat(vendor.minted()).isEqualTo(1);
  }

  @Test
  void spentAndThrottledKeysBurnNoRenewal() {
    for (int status : new int[] {402, 403, 429, 500, 404}) {
      KeyedCall call = call();
      assertThat(call.answered(FakeVendor.head(status), Classifier.NO_BODY)).isFalse();
    }
    assertThat(vendor.minted()).isEqualTo(1);
    await(() -> row().status() != KeyStatus.ACTIVE);
    assertThat(bearer(call())).as("the application gets the provider's own answer").isNotEmpty();
  }

  @Test
  void whatThrottlesEverybodyIsToldOnceAndHidesNothingOfOneKey() throws Exception {
    byte[] upstream = "upstream".getBytes(StandardCharsets.UTF_8);
    for (Owner owner : Arrays.asList(ALICE, Owner.of("bob"), ALICE)) {
      KeyedCall call = latchkey.calls().open(VendorRequest.create(), owner);
      assertThat(call.answered(FakeVendor.head(429), upstream)).isFalse();
      assertThat(call.answered(FakeVendor.head(503), upstream)).isFalse();
    }
    assertThat(row().status()).isEqualTo(KeyStatus.ACTIVE);
    KeyedCall dead = call();
    vendor.killAll();
    answer(dead);
    assertThat(dead.replay(false)).isNull();

    latchkey.keepHouse();
    assertThat(table.history())
        .filteredOn(event -> event.type() == KeyEvent.Type.NOT_REPLAYED)
        .extracting(event -> event.owner().toString())
        .containsExactly("*", "alice");
  }

  @Test
  void aRestedKeyThatServesAgainIsActiveAgain() {
    call().answered(FakeVendor.head(403), Classifier.NO_BODY);
    await(() -> row().status() == KeyStatus.EXHAUSTED);

    assertThat(answer(call())).isFalse();

    await(() -> row().status() == KeyStatus.ACTIVE);
  }

  @Test
  void aThrottledKeyOfAPoolIsReplacedByASpareOne() {
    vendor.pooled(true).environment("vk-hand-1111", "vk-hand-2222");
    KeyedCall first = call();

    assertThat(first.answered(FakeVendor.head(429), Classifier.NO_BODY)).isTrue();
    KeyedCall second = first.replay(true);

    assertThat(bearer(second)).isNotEqualTo(bearer(first)).startsWith("vk-hand-");
    assertThat(bearer(call())).isEqualTo(bearer(second));
    time.advance(Duration.ofSeconds(21));
    assertThat(bearer(call())).as("its rest is over").isEqualTo(bearer(first));
    assertThat(vendor.minted()).isZero();
  }

  @Test
  void noKeyAnywhereLeavesTheCallAlone() throws Exception {
    vendor.canMint(false);

    assertThat(call()).isNull();
    SyncResult result = latchkey.sync(vendor, ALICE).get(10, SECONDS);
    assertThat(result.error()).contains("VENDOR_PROVISIONING_KEY").contains("VENDOR_API_KEY");
    assertThat(result.key()).isNull();
  }

  @Test
  void aProvisioningKeyThatIsNotEnoughSaysWhatIsMissing() throws Exception {
    vendor.unset("VENDOR_PROJECT (or parameters.project)");

    SyncResult result = latchkey.sync(vendor, ALICE).get(10, SECONDS);
    assertThat(result.error())
        .contains("the provisioning key alone makes none; set VENDOR_PROJECT")
        .contains("VENDOR_API_KEY")
        .doesNotContain("VENDOR_PROVISIONING_KEY");
  }

  @Test
  void theKeyFileWinsOverEnvironmentAndProvisioning() throws Exception {
    vendor.environment("vk-hand-env").keyFile(keyFile("vk-hand-file\n", "rw-------"));

    SyncResult first = latchkey.sync(vendor, ALICE).get(10, SECONDS);
    SyncResult again = open().sync(vendor, ALICE).get(10, SECONDS);

    assertThat(first.source()).isEqualTo(KeySource.KEY_FILE);
    assertThat(first.isSynced()).isTrue();
    assertThat(again.source()).isEqualTo(KeySource.DATABASE);
    assertThat(bearer(call())).isEqualTo("vk-hand-file");
    assertThat(vendor.minted()).isZero();
  }

  @Test
  void aBadKeyFileIsRefusedAndTheNextSourceTried() throws Exception {
    vendor.environment("vk-hand-env");
    for (String bad :
        new String[] {
          "", "   \n", "wrong-prefix", "vk-hand-a\nvk-hand-b", "vk-\u00e9\u00e9\u00e9\u00e9\u00e9"
        }) {
      vendor.keyFile(keyFile(bad, "rw-------"));
      assertThat(bearer(call())).as(bad).isEqualTo("vk-hand-env");
    }
  }

  @Test
  void aKeyFileThatItsGroupCanWriteIsUsedAndOneThatEverybodyCanWriteIsNot() throws Exception {
    vendor.environment("vk-hand-env");

    vendor.keyFile(keyFile("vk-hand-file", "rw-rw--w-"));
    assertThat(latchkey.sync(vendor, ALICE).get(10, SECONDS).source())
        .isEqualTo(KeySource.ENVIRONMENT);

    vendor.keyFile(keyFile("vk-hand-file", "rw-rw----"));
    assertThat(latchkey.sync(vendor, Owner.of("bob")).get(10, SECONDS).source())
        .isEqualTo(KeySource.KEY_FILE);
  }

  @Test
  void whereNothingServesTheKeyFilesFaultIsToldFirst() throws Exception {
    vendor.canMint(false).keyFile(keyFile("   \n", "rw-------"));

    SyncResult result = latchkey.sync(vendor, ALICE).get(10, SECONDS);

    assertThat(result.isUsable()).isFalse();
    assertThat(result.error())
        .startsWith(folder.resolve("key.txt") + " is blank")
        .contains("; ", "set VENDOR_PROVISIONING_KEY");
  }

  @Test
  void aDeadKeyFromTheFileIsReplacedByTheOneThatTheOperatorPutThere() throws Exception {
    vendor.canMint(false).keyFile(keyFile("vk-hand-old", "rw-------"));
    KeyedCall first = call();
    vendor.kill(Secret.of("vk-hand-old"));
    vendor.keyFile(keyFile("vk-hand-new", "rw-------"));

    assertThat(answer(first)).isTrue();
    assertThat(bearer(first.replay(true))).isEqualTo("vk-hand-new");
    assertThat(row().source()).isEqualTo(KeySource.KEY_FILE);
  }

  @Test
  void aDisabledKeyIsNeitherUsedNorReplaced() throws Exception {
    call();
    table.mark(row().id(), 1, KeyStatus.DISABLED, null, "by hand");
    Latchkey fresh = open();

    assertThat(call(fresh)).isNull();
    assertThat(fresh.sync(vendor, ALICE).get(10, SECONDS).error()).contains("disabled");
    assertThat(vendor.minted()).isEqualTo(1);
  }

  @Test
  void anUnreadableRowIsLeftAsItIs() throws Exception {
    ManagedKey unreadable =
        ManagedKey.builder(KeyId.own("vendor", ALICE), "vendor", ALICE)
            .fault("sealed with another keyset; bring that keyset back")
            .status(KeyStatus.INVALID)
            .build();
    List<String> writes = new ArrayList<>();
    Latchkey locked = over(() -> unreadable(unreadable, writes));

    assertThat(call(locked)).isNull();
    assertThat(locked.sync(vendor, ALICE).get(10, SECONDS).error()).contains("another keyset");
    assertThat(locked.renew(vendor, ALICE).get(10, SECONDS).reason()).contains("another keyset");
    assertThat(vendor.minted()).isZero();
    assertThat(writes).isEmpty();
  }

  /** A table whose one row cannot be opened; notes what would change it. */
  private KeyStore unreadable(ManagedKey row, List<String> writes) {
    return (KeyStore)
        Proxy.newProxyInstance(
            KeyStore.class.getClassLoader(),
            new Class<?>[] {KeyStore.class},
            (self, method, args) -> {
              if (method.getName().equals("find")) return Collections.singletonList(row);
              if (method.getName().matches("add|mark|renewals")) writes.add(method.getName());
              return method.invoke(table, args);
            });
  }

  @Test
  void aTableThatIsGoneLeavesTheLastKnownKeysServing() {
    boolean[] gone = {false};
    Latchkey shaky =
        over(
            () -> {
              if (gone[0]) throw new StoreException("no route to the table");
              return table;
            });
    gone[0] = true;
    assertThat(call(shaky)).as("nothing known yet, and no key may be made unstored").isNull();
    assertThat(vendor.minted()).isZero();

    gone[0] = false;
    time.advance(Duration.ofSeconds(6));
    assertThat(call(shaky)).isNotNull();
  }

  @Test
  void aKeyIsRenewedWhenAThirdOfItsLifeIsLeft() throws Exception {
    vendor.life(Duration.ofDays(30));
    call();
    time.advance(Duration.ofDays(17));
    latchkey.keepHouse();
    assertThat(vendor.minted()).isEqualTo(1);

    time.advance(Duration.ofDays(6));
    call();
    latchkey.keepHouse();

    await(() -> row().generation() == 2);
  }

  @Test
  void aReplacedKeyIsRevokedAfterItsGrace() throws Exception {
    KeyedCall first = call();
    vendor.killAll();
    answer(first);
    first.replay(true);
    latchkey.keepHouse();
    assertThat(vendor.revoked()).isEmpty();

    time.advance(Duration.ofMinutes(11));
    call();
    latchkey.keepHouse();

    await(() -> vendor.revoked().contains("ref-1"));
    assertThat(vendor.revoked()).containsExactly("ref-1");
  }

  @Test
  void whatACrashLeftBehindIsRevokedAndNothingElse() throws Exception {
    call();
    vendor.whileMinting(
        () -> {
          throw new ThreadDeath();
        });
    vendor.kill(Secret.of(bearer(call())));
    KeyedCall dying = call();
    answer(dying);
    assertThat(dying.replay(true)).as("killed between mint and store").isNull();
    vendor.whileMinting(() -> {});
    assertThat(vendor.minted()).isEqualTo(2);

    time.advance(Duration.ofSeconds(36));
    Latchkey next = open();
    time.advance(Duration.ofSeconds(10));
    next.keepHouse();

    await(() -> vendor.revoked().contains("ref-2"));
    assertThat(vendor.revoked()).containsExactly("ref-2");
  }

  @Test
  void anOperatorCanOrderARenewal() throws Exception {
    call();

    Renewed renewed = latchkey.renew(vendor, ALICE).get(10, SECONDS);

    assertThat(renewed.key().generation()).isEqualTo(2);
    assertThat(bearer(call())).startsWith("vk-ref-2-");
  }

  @Test
  void changesOfAnotherProcessArrive() throws Exception {
    Latchkey other = open();
    call();
    call(other);
    other.keepHouse();
    latchkey.renew(vendor, ALICE).get(10, SECONDS);

    other.keepHouse();

    assertThat(bearer(call(other))).startsWith("vk-ref-2-");
  }

  private Path keyFile(String text, String mode) throws Exception {
    Path file = folder.resolve("key.txt");
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    return file;
  }

  private static List<Future<KeyedCall>> together(int threads, Callable<KeyedCall> task) {
    CountDownLatch gate = new CountDownLatch(1);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Future<KeyedCall>> futures = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      futures.add(
          pool.submit(
              () -> {
                gate.await();
                return task.call();
              }));
    }
    gate.countDown();
    pool.shutdown();
    return futures;
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("condition within 10 s").isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }
}
