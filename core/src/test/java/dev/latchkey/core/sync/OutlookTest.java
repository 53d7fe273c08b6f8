package dev.latchkey.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.key.KeyId;
import dev.latchkey.core.key.KeyStatus;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.key.Secret;
import dev.latchkey.core.store.KeyStore;
import dev.latchkey.core.store.MemoryStore;
import dev.latchkey.core.store.StoreException;
import dev.latchkey.core.testkit.FakeVendor;
import dev.latchkey.core.time.FakeTime;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

class OutlookTest {
  private static final Owner ALICE = Owner.of("alice");
  private static final KeyId ID = KeyId.own("vendor", ALICE);

  private final FakeTime time = FakeTime.create();
  private final FakeVendor vendor = new FakeVendor();
  private final MemoryStore table = MemoryStore.create(time);

  private String outlook() {
    return outlook(table, false);
  }

  private String outlook(KeyStore store, boolean storeIsNew) {
    KeySources sources = KeySources.create(refusal -> {});
    return new Outlook(store, sources, () -> storeIsNew, time).of(vendor, ALICE);
  }

  private void store() {
    table.add(ManagedKey.builder(ID, "vendor", ALICE).secret(Secret.of("vk-1-0123456789")).build());
  }

  @Test
  void theTablesKeyComesFirst() {
    vendor.environment("vk-hand-abcdefgh");
    store();
    assertThat(outlook()).isEqualTo("the table's key ***************6789 would be attached");
  }

  @Test
  void keyThatCannotServeIsTold() {
    store();
    table.mark(ID, 1, KeyStatus.PAUSED, null, "by an operator");
    assertThat(outlook()).isEqualTo("the table's key is paused: no key would be attached");
  }

  @Test
  void thenComesTheEnvironment() {
    vendor.environment("vk-hand-abcdefgh");
    assertThat(outlook())
        .isEqualTo("the key ***************efgh from environment would be stored and attached");
  }

  @Test
  void thenOneWouldBeMade() {
    assertThat(outlook()).isEqualTo("a key would be made, stored and attached");
    assertThat(vendor.minted()).isZero();
  }

  @Test
  void whereNoneCanBeMadeTheVariableIsNamed() {
    vendor.canMint(false);
    assertThat(outlook())
        .isEqualTo(
            "there is no key and none can be made: the call would stay as it is; set "
                + vendor.environmentVariable());
  }

  @Test
  void whoIsKeptOutOfAPoolIsTold() {
    vendor.pooled(true).environment("vk-hand-abcdefgh");
    table.disable("vendor", ALICE, "by an operator");
    assertThat(outlook()).isEqualTo("alice is disabled and would get no key");
  }

  @Test
  void tableThatIsNotMadeYetIsNotAsked() {
    assertThat(outlook(gone(), true)).isEqualTo("a key would be made, stored and attached");
  }

  @Test
  void tableThatIsGoneIsTold() {
    assertThat(outlook(gone(), false))
        .isEqualTo(
            "the key table cannot be looked into (it is gone); if it holds no key,"
                + " a key would be made, stored and attached");
  }

  private static KeyStore gone() {
    return (KeyStore)
        Proxy.newProxyInstance(
            KeyStore.class.getClassLoader(),
            new Class<?>[] {KeyStore.class},
            (self, method, args) -> {
              throw new StoreException("it is gone");
            });
  }
}
