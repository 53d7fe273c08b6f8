package dev.latchkey.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.core.Latchkey;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.store.KeyStore;
import dev.latchkey.core.store.MemoryStore;
import dev.latchkey.core.store.StoreException;
import dev.latchkey.core.time.FakeTime;
import java.io.IOException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** {@code test-store}. */
class TestStoreTest {
  private final FakeTime time = FakeTime.create();
  private final KeyStore store = MemoryStore.create(time);

  private Run run(Supplier<KeyStore> opener, String... arguments) {
    return Run.of(
        config ->
            Opened.of(
                Latchkey.over(opener, "a test's memory").time(time).keepsHouse(false).start(),
                Owner.of("app")),
        arguments);
  }

  @Test
  void aGoodStoreIsFine() throws IOException {
    Run run = run(() -> store, "test-store");
    assertThat(run.out)
        .contains("reachable   yes", "writable    yes", "keys        0", "unreadable  0");
    assertThat(run.code).isZero();
    JsonNode json = new ObjectMapper().readTree(run(() -> store, "test-store", "--json").out);
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly("store", "reachable", "error", "schema", "writable", "keys", "unreadable");
  }

  @Test
  void aLostStoreIsNot() {
    Run run =
        run(
            () -> {
              throw new StoreException("jdbc:postgresql://db refused the connection");
            },
            "test-store");
    assertThat(run.out).contains("reachable   no: jdbc:postgresql://db refused the connection");
    assertThat(run.code).isEqualTo(1);
  }
}
