package dev.latchkey.filter.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.Latchkey;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.provider.ProvisioningException;
import dev.latchkey.core.store.Crowd;
import dev.latchkey.core.store.KeyStore;
import dev.latchkey.core.store.MemoryStore;
import dev.latchkey.core.store.StoreException;
import dev.latchkey.core.testkit.FakeVendor;
import dev.latchkey.core.time.FakeTime;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LoginsTest {
  private static final Owner ALICE = Owner.of("alice");
  private static final Duration LONG = Duration.ofSeconds(20);

  private final FakeVendor vendor = new FakeVendor();
  private final FakeTime time = FakeTime.create();
  private Latchkey latchkey = open(() -> MemoryStore.create(time));

  private Latchkey open(Supplier<KeyStore> store) {
    return Latchkey.over(store, "memory")
        .providers(Collections.singletonList(vendor))
        .time(time)
        .keepsHouse(false)
        .start();
  }

  @AfterEach
  void close() {
    latchkey.close();
  }

  @Test
  void loginFindsTheUsersKey() {
    Map<String, Object> status = logins(10).of(ALICE).status(LONG);
    assertThat(status)
        .containsEntry("user", "alice")
        .containsEntry("status", "ready")
        .containsEntry("has_key", true)
        .containsEntry("source", "auto-provisioned")
        .containsEntry("synced", true);
    assertThat(String.valueOf(status.get("key"))).startsWith("***************");
    assertThat(KeyStatus.json(status))
        .isEqualTo("{\"has_key\":true,\"source\":\"auto-provisioned\",\"synced\":true}");
  }

  @Test
  void tenAtOnceShareOneLogin() throws Exception {
    Logins logins = logins(10);
    List<Login> all = Crowd.run(10, i -> () -> logins.of(ALICE));
    assertThat(all).allMatch(login -> login == all.get(0));
    assertThat(all.get(0).status(LONG)).containsEntry("status", "ready");
    assertThat(vendor.minted()).isEqualTo(1);
  }

  @Test
  void whatTakesLongIsPending() {
    CountDownLatch go = new CountDownLatch(1);
    vendor.whileMinting(() -> await(go));
    Login login = logins(10).of(ALICE);
    assertThat(login.status(Duration.ofMillis(50)))
        .containsEntry("status", "pending")
        .containsEntry("has_key", false);
    go.countDown();
    assertThat(login.status(LONG)).containsEntry("status", "ready");
  }

  @Test
  void failureIsTriedAgainSoonAndSuccessIsKept() {
    vendor.failing(ProvisioningException.refused("the keys API said 500", null));
    Logins logins = logins(10);
    Login failed = logins.of(ALICE);
    assertThat(failed.status(LONG)).containsEntry("status", "none");
    assertThat(logins.of(ALICE)).isSameAs(failed);
    time.advance(Duration.ofSeconds(31));
    assertThat(logins.of(ALICE)).isNotSameAs(failed);
  }

  @Test
  void logoutForgets() {
    Logins logins = logins(10);
    Login first = logins.of(ALICE);
    first.status(LONG);
    logins.forget(ALICE);
    assertThat(logins.of(ALICE)).isNotSameAs(first);
    assertThat(logins.of(ALICE).status(LONG)).containsEntry("source", "database");
  }

  @Test
  void onlySoManyAreRemembered() {
    Logins logins = logins(3);
    for (int i = 0; i < 20; i++) logins.of(Owner.of("user-" + i)).status(LONG);
    assertThat(logins.size()).isLessThanOrEqualTo(3);
  }

  @Test
  void tableThatIsDownIsUnavailable() {
    latchkey.close();
    latchkey =
        open(
            () -> {
              throw new StoreException("PostgreSQL at db:5432/keys cannot be reached");
            });
    Map<String, Object> status = logins(10).of(ALICE).status(LONG);
    assertThat(status).containsEntry("status", "unavailable").containsEntry("has_key", false);
    assertThat(String.valueOf(status.get("error"))).contains("cannot be reached");
    assertThat(KeyStatus.json(status)).endsWith("\"status\":\"unavailable\"}");
  }

  private Logins logins(int most) {
    return Logins.create(latchkey, time, most);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
