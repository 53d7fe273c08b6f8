package dev.latchkey.core.sync;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.key.KeyEvent;
import dev.latchkey.core.key.KeyId;
import dev.latchkey.core.key.KeyLog;
import dev.latchkey.core.key.KeyStatus;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.key.Secret;
import dev.latchkey.core.pool.KeyPool;
import dev.latchkey.core.renewal.Renewal;
import dev.latchkey.core.store.KeyStore;
import dev.latchkey.core.store.MemoryStore;
import dev.latchkey.core.testkit.FakeVendor;
import dev.latchkey.core.time.FakeTime;
import dev.latchkey.core.work.Workers;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people are told of a key that is there and cannot serve. */
class KeySyncTest {
  private static final Owner ALICE = Owner.of("alice");

  private final FakeTime time = FakeTime.create();
  private final FakeVendor vendor = new FakeVendor();
  private final List<KeyEvent> told = new ArrayList<>();
  private final Workers workers = Workers.create();

  @AfterEach
  void close() {
    workers.close();
  }

  private SyncResult sync(ManagedKey row) throws Exception {
    KeyLog log = KeyLog.create(time, told::add);
    KeyStore store = holding(row);
    KeyPool pool = KeyPool.create(10);
    KeySources sources = KeySources.create(refusal -> {});
    Renewal renewal =
        Renewal.create(
            store, pool, sources, (p, o) -> {}, workers, time, log, Duration.ofSeconds(30));
    return KeySync.create(store, pool, sources, renewal, time, log, () -> false)
        .sync(vendor, ALICE)
        .get(10, SECONDS);
  }

  /** A table that answers with this row whatever is looked for. */
  private KeyStore holding(ManagedKey row) {
    MemoryStore table = MemoryStore.create(time);
    return (KeyStore)
        Proxy.newProxyInstance(
            KeyStore.class.getClassLoader(),
            new Class<?>[] {KeyStore.class},
            (self, method, arguments) ->
                method.getName().equals("find")
                    ? Collections.singletonList(row)
                    : method.invoke(table, arguments));
  }

  private static ManagedKey.Builder row() {
    return ManagedKey.builder(KeyId.own("vendor", ALICE), "vendor", ALICE);
  }

  @Test
  void anUnreadableKeyIsTold() throws Exception {
    SyncResult result = sync(row().fault("sealed with another keyset; bring it back").build());

    assertThat(result.isUsable()).isFalse();
    assertThat(result.error()).isEqualTo("sealed with another keyset; bring it back");
    assertThat(told)
        .extracting(KeyEvent::toString)
        .containsExactly(
            "vendor/alice disabled unreadable the table's key cannot serve:"
                + " sealed with another keyset; bring it back");
    assertThat(vendor.minted()).isZero();
  }

  @Test
  void aPausedKeyIsToldToo() throws Exception {
    Secret secret = Secret.of("vk-hand-0123456789abb465");
    sync(row().secret(secret).status(KeyStatus.PAUSED).lastError("by hand").build());

    assertThat(told)
        .extracting(KeyEvent::reason)
        .containsExactly("the table's key cannot serve: the key is paused: by hand");
  }

  @Test
  void aDisabledOwnerIsToldByTheFrontDoorOnly() throws Exception {
    SyncResult result = sync(ManagedKey.bar("vendor", ALICE, "left the company"));

    assertThat(result.error()).contains("alice is disabled (left the company)");
    assertThat(told).isEmpty();
  }
}
