package dev.latchkey.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.core.Latchkey;
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
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The commands on keys: what people and programs read, and the exit codes. */
class KeysCommandsTest {
  private static final String SECRET = "vk-hand-0123456789abcdef0123456789abb465";
  private static final Owner ALICE = Owner.of("alice");

  private final FakeTime time = FakeTime.create();
  private final FakeVendor vendor = new FakeVendor();
  private final KeyStore store = MemoryStore.create(time);

  private Run run(String... arguments) {
    return run(() -> store, arguments);
  }

  private Run run(Supplier<KeyStore> opener, String... arguments) {
    return Run.of(
        config ->
            Opened.of(
                Latchkey.over(opener, "a test's memory")
                    .providers(Collections.singletonList(vendor))
                    .time(time)
                    .keepsHouse(false)
                    .start(),
                Owner.of("app")),
        arguments);
  }

  private ManagedKey.Builder key(Owner owner) {
    return ManagedKey.builder(KeyId.own(vendor.name(), owner), vendor.name(), owner)
        .secret(Secret.of(SECRET))
        .createdAt(time.now());
  }

  private static JsonNode json(Run run) throws IOException {
    return new ObjectMapper().readTree(run.out);
  }

  @Test
  void anEmptyTableIsFine() {
    Run run = run("keys", "list");
    assertThat(run.out.trim()).isEqualTo("no keys");
    assertThat(run.code).isZero();
  }

  @Test
  void theListShowsMasksOnly() {
    store.add(key(ALICE).build());
    Run run = run("keys", "list");
    assertThat(run.out).contains("alice", "***************b465", "active", "manual");
    assertThat(run.everything()).doesNotContain(SECRET);
    assertThat(run.code).isZero();
  }

  @Test
  void theListIsStableJson() throws IOException {
    store.add(key(ALICE).build());
    JsonNode row = json(run("keys", "list", "--json")).path("keys").path(0);
    assertThat(row.fieldNames())
        .toIterable()
        .containsExactly(
            "id",
            "provider",
            "user",
            "key",
            "readable",
            "fault",
            "status",
            "source",
            "generation",
            "priority",
            "cooldown_until",
            "expires_at",
            "last_validated",
            "last_renewal_at",
            "last_error",
            "created_at");
    assertThat(row.path("key").asText()).isEqualTo("***************b465");
    assertThat(row.path("created_at").asText()).isEqualTo("2026-01-01T00:00:00Z");
  }

  @Test
  void aUserCannotSpoilTheTerminal() throws IOException {
    Owner hostile = Owner.of("ev\u001b[31mil\n\ud83d\ude00'\"");
    store.add(key(hostile).build());
    Run people = run("keys", "list");
    assertThat(people.out).doesNotContain("\u001b").hasLineCount(2);
    Run programs = run("keys", "list", "--json", "--user", hostile.id());
    assertThat(programs.out).matches("[\\x00-\\x7f]*");
    assertThat(json(programs).path("keys").path(0).path("user").asText()).isEqualTo(hostile.id());
  }

  @Test
  void theListIsCutWhereAsked() throws IOException {
    store.add(key(ALICE).build());
    store.add(key(Owner.of("bob")).build());
    assertThat(json(run("keys", "list", "--json", "--limit", "1")).path("truncated").asBoolean())
        .isTrue();
    assertThat(run("keys", "list", "--limit", "1").out).contains("there are more");
    assertThat(run("keys", "list", "--limit", "0").code).isEqualTo(2);
  }

  @Test
  void aRestingKeySaysUntilWhenAndWhy() {
    store.add(key(ALICE).build());
    Instant until = time.now().plusSeconds(60);
    store.mark(key(ALICE).build().id(), 1, KeyStatus.COOLING, until, "429 from the provider");
    assertThat(run("keys", "list").out).contains("rests until", "429 from the provider");
  }

  @Test
  void syncMakesAKeyAndStoresIt() throws IOException {
    Run run = run("keys", "sync", "--user", "alice", "--json");
    JsonNode row = json(run).path("results").path(0);
    assertThat(row.fieldNames())
        .toIterable()
        .containsExactly("provider", "user", "key", "source", "synced", "error");
    assertThat(row.path("source").asText()).isEqualTo("auto-provisioned");
    assertThat(row.path("synced").asBoolean()).isTrue();
    assertThat(run.code).isZero();
    assertThat(json(run("keys", "sync", "--user", "alice", "--json")).toString())
        .contains("\"database\"");
  }

  @Test
  void syncWithoutAnyKeyNamesTheVariable() {
    vendor.canMint(false);
    Run run = run("keys", "sync");
    assertThat(run.out).contains("none").contains(String.valueOf(vendor.provisioningVariable()));
    assertThat(run.code).isEqualTo(1);
  }

  @Test
  void ensureReplacesADeadKey() throws IOException {
    run("keys", "sync", "--user", "alice");
    vendor.killAll();
    Run run = run("keys", "ensure", "--user", "alice", "--json");
    assertThat(json(run).path("results").path(0).path("error").isNull()).isTrue();
    assertThat(run.code).isZero();
    assertThat(vendor.minted()).isEqualTo(2);
  }

  @Test
  void renewReplacesAKeyThatIsAlive() {
    run("keys", "sync", "--user", "alice");
    Run run = run("keys", "renew", "--user", "alice");
    assertThat(run.code).isZero();
    assertThat(store.find(vendor.name(), ALICE).get(0).generation()).isEqualTo(2);
  }

  @Test
  void renewWithoutAKeySaysSo() {
    Run run = run("keys", "renew", "--user", "alice");
    assertThat(run.out).contains("no key of alice");
    assertThat(run.code).isEqualTo(1);
  }

  @Test
  void aUserIsKeptOutAndLetInAgain() throws IOException {
    Run disabled = run("keys", "disable", "--user", "alice", "--json");
    JsonNode row = json(disabled).path("results").path(0);
    assertThat(row.fieldNames()).toIterable().containsExactly("provider", "user", "standing");
    assertThat(row.path("standing").asText()).isEqualTo("disabled");
    assertThat(disabled.code).isZero();
    assertThat(run("keys", "list").out).contains("alice", "disabled", "by an operator");

    Run sync = run("keys", "ensure", "--user", "alice");
    assertThat(sync.out).contains("alice is disabled (by an operator)").contains("keys enable");
    assertThat(sync.code).isEqualTo(1);
    assertThat(vendor.minted()).isZero();

    Run enabled = run("keys", "enable", "--user", "alice", "--provider", vendor.name());
    assertThat(enabled.out).contains("alice", "enabled");
    assertThat(enabled.code).isZero();
    assertThat(run("keys", "enable", "--user", "alice").out).contains("was not disabled");
    assertThat(run("keys", "list").out).contains("retired", "enabled again");
    assertThat(run("keys", "sync", "--user", "alice").code).isZero();
    assertThat(vendor.minted()).isEqualTo(1);
  }

  @Test
  void whoIsKeptOutMustBeNamed() {
    for (String command : new String[] {"disable", "enable"}) {
      Run run = run("keys", command);
      assertThat(run.err).contains("add --user");
      assertThat(run.code).isEqualTo(2);
    }
  }

  @Test
  void anUnknownProviderIsAUsageFault() throws IOException {
    Run run = run("keys", "sync", "--provider", "nobody");
    assertThat(run.err).contains("there is no such provider").contains(vendor.name());
    assertThat(run.code).isEqualTo(2);
    Run json = run("keys", "sync", "--provider", "nobody", "--json");
    assertThat(json(json).path("ok").asBoolean(true)).isFalse();
    assertThat(json.code).isEqualTo(2);
  }

  @Test
  void aBlankUserIsAUsageFault() {
    assertThat(run("keys", "sync", "--user", " ").code).isEqualTo(2);
  }

  @Test
  void aLostTableIsNotFine() throws IOException {
    Supplier<KeyStore> gone =
        () -> {
          throw new StoreException("connection refused");
        };
    Run run = run(gone, "keys", "list");
    assertThat(run.err).contains("the key table cannot be used: connection refused");
    assertThat(run.code).isEqualTo(1);
    Run json = run(gone, "keys", "list", "--json");
    assertThat(json(json).path("error").asText()).contains("connection refused");
    assertThat(json.code).isEqualTo(1);
  }
}
