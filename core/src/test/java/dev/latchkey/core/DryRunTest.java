package dev.latchkey.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.key.Owner;
import dev.latchkey.core.store.Crowd;
import dev.latchkey.core.store.KeyStore;
import dev.latchkey.core.store.MemoryStore;
import dev.latchkey.core.testkit.FakeVendor;
import dev.latchkey.core.testkit.VendorRequest;
import dev.latchkey.core.time.FakeTime;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** Calls go out as they are, nobody is asked for a key, and the table is only read. */
class DryRunTest {
  private static final Owner ALICE = Owner.of("alice");

  private final FakeTime time = FakeTime.create();
  private final FakeVendor vendor = new FakeVendor();
  private final MemoryStore table = MemoryStore.create(time);
  private final Set<String> asked = ConcurrentHashMap.newKeySet();

  private KeyStore watched() {
    return (KeyStore)
        Proxy.newProxyInstance(
            KeyStore.class.getClassLoader(),
            new Class<?>[] {KeyStore.class},
            (self, method, args) -> {
              asked.add(method.getName());
              return method.invoke(table, args);
            });
  }

  @Test
  void makesNothingStoresNothingAndKeepsNoHouse() {
    vendor.environment("vk-hand-0123456789");
    try (Latchkey dry = dry()) {
      for (int i = 0; i < 100; i++) {
        assertThat(dry.calls().open(VendorRequest.create(), ALICE)).isNull();
      }
      Crowd.await("it has looked for the key", () -> asked.contains("find"));
      dry.callsAreNear();
      time.advance(Duration.ofMinutes(20));
    }
    assertThat(asked).containsOnly("find", "close");
    assertThat(vendor.minted()).isZero();
    assertThat(vendor.probes()).isZero();
    assertThat(table.list(null, null, 10)).isEmpty();
    assertThat(table.history()).isEmpty();
  }

  private Latchkey dry() {
    return Latchkey.over(this::watched, "memory")
        .providers(Collections.singletonList(vendor))
        .time(time)
        .dryRun(true)
        .start();
  }
}
