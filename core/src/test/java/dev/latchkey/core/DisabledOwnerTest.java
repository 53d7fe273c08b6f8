package dev.latchkey.core;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.call.KeyedCall;
import dev.latchkey.core.key.KeyEvent;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.provider.Classifier;
import dev.latchkey.core.store.MemoryStore;
import dev.latchkey.core.sync.SyncResult;
import dev.latchkey.core.testkit.FakeVendor;
import dev.latchkey.core.testkit.VendorRequest;
import dev.latchkey.core.time.FakeTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An operator keeps an owner out, at a provider of own keys and at one with a pool. */
@Timeout(60)
class DisabledOwnerTest {
  private static final Owner ALICE = Owner.of("alice");
  private static final Owner BOB = Owner.of("bob");

  private final FakeTime time = FakeTime.create();
  private final FakeVendor vendor = new FakeVendor();
  private final MemoryStore table = MemoryStore.create(time);
  private final List<Latchkey> opened = new ArrayList<>();
  private final Latchkey passing = open(false);
  private final Latchkey refusing = open(true);

  private Latchkey open(boolean refuses) {
    Latchkey one =
        Latchkey.over(() -> table, "memory")
            .providers(Collections.singletonList(vendor))
            .time(time)
            .refusesDisabled(refuses)
            .keepsHouse(false)
            .start();
    opened.add(one);
    return one;
  }

  @AfterEach
  void close() {
    opened.forEach(Latchkey::close);
  }

  private static KeyedCall call(Latchkey on, Owner owner) {
    return on.calls().open(VendorRequest.create(), owner);
  }

  private static void isRefused(KeyedCall call) {
    assertThat(call.refusal().status()).isEqualTo(403);
    assertThat(call.refusal().contentType()).isEqualTo("application/json; charset=utf-8");
    assertThat(new String(call.refusal().body(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"error\":{\"message\":\"Latchkey: this user's access is disabled\",\"code\":403}}");
    assertThat(call.headers()).isEmpty();
    assertThat(call.query("a=b")).isEqualTo("a=b");
    assertThat(call.answered(FakeVendor.head(401), Classifier.NO_BODY)).isFalse();
  }

  private static void isServed(KeyedCall call) {
    assertThat(call.refusal()).isNull();
    assertThat(call.headers()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anOwnerWhoNeverHadAKeyIsKeptOutAndGetsOneWhenHeIsBack(boolean pooled) {
    vendor.pooled(pooled).environment(pooled ? new String[] {"vk-hand-pool"} : new String[0]);
    passing.disable(vendor, ALICE);

    assertThat(call(passing, ALICE)).isNull();
    isRefused(call(refusing, ALICE));
    isServed(call(refusing, BOB));
    int minted = vendor.minted();

    assertThat(passing.enable(vendor, ALICE)).isTrue();
    assertThat(passing.enable(vendor, ALICE)).isFalse();
    time.advance(Duration.ofSeconds(6));
    isServed(call(passing, ALICE));
    assertThat(vendor.minted()).isEqualTo(pooled ? 0 : minted + 1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void otherProcessesFollowByPolling(boolean pooled) throws Exception {
    vendor.pooled(pooled).environment("vk-hand-0001");
    Latchkey third = open(true);
    isServed(call(third, ALICE));
    third.keepHouse();

    passing.disable(vendor, ALICE);
    third.keepHouse();
    isRefused(call(third, ALICE));

    passing.enable(vendor, ALICE);
    third.keepHouse();
    isServed(call(third, ALICE));
    assertThat(vendor.minted()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void syncSaysSoAndMakesNothing(boolean pooled) throws Exception {
    vendor.pooled(pooled);
    passing.disable(vendor, ALICE);

    SyncResult result = passing.ensure(vendor, ALICE, true).get(10, SECONDS);

    assertThat(result.isUsable()).isFalse();
    assertThat(result.mask()).isNull();
    assertThat(result.error()).contains("alice is disabled").contains("keys enable");
    assertThat(passing.renew(vendor, ALICE).get(10, SECONDS).key()).isNull();
    assertThat(vendor.minted()).isZero();
  }

  @Test
  void aDeadKeyOfADisabledOwnerIsNotReplaced() {
    KeyedCall call = call(passing, ALICE);
    vendor.killAll();
    passing.disable(vendor, ALICE);

    assertThat(call.answered(FakeVendor.head(401), Classifier.NO_BODY)).isTrue();
    assertThat(call.replay(true)).isNull();
    assertThat(vendor.minted()).isEqualTo(1);
  }

  @Test
  void aCallThatWentWellMeanwhileDoesNotBringTheOwnerBack() {
    call(passing, ALICE).answered(FakeVendor.head(429), Classifier.NO_BODY);
    KeyedCall late = call(passing, ALICE);
    passing.disable(vendor, ALICE);

    late.answered(FakeVendor.head(200), Classifier.NO_BODY);

    isRefused(call(open(true), ALICE));
  }

  @Test
  void itIsToldOnceAMinute() throws Exception {
    table.disable("vendor", ALICE, "by an operator");
    for (int i = 0; i < 100; i++) call(refusing, ALICE);
    time.advance(Duration.ofSeconds(61));
    call(refusing, ALICE);
    refusing.keepHouse();

    assertThat(table.history())
        .filteredOn(event -> event.type() == KeyEvent.Type.DISABLED)
        .extracting(KeyEvent::toString)
        .hasSize(2)
        .allMatch(line -> line.contains("vendor/alice disabled - ") && line.contains("403"));
  }

  @Test
  void aDryRunRefusesNobody() {
    Latchkey dry =
        Latchkey.over(() -> table, "memory")
            .providers(Collections.singletonList(vendor))
            .time(time)
            .refusesDisabled(true)
            .dryRun(true)
            .keepsHouse(false)
            .start();
    opened.add(dry);
    dry.disable(vendor, ALICE);

    assertThat(call(dry, ALICE)).isNull();
  }

  @Test
  void aWholePoolCanBeDisabled() {
    vendor.pooled(true).environment("vk-hand-0001", "vk-hand-0002");
    isServed(call(refusing, ALICE));

    refusing.disable(vendor, Owner.POOL);
    isRefused(call(refusing, ALICE));

    refusing.enable(vendor, Owner.POOL);
    isServed(call(refusing, ALICE));
  }
}
