package dev.latchkey.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.crypto.Keysets;
import dev.latchkey.core.crypto.Sealer;
import dev.latchkey.core.key.KeyId;
import dev.latchkey.core.key.KeyStatus;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.key.Secret;
import dev.latchkey.core.store.KeyStore;
import dev.latchkey.core.store.StoreException;
import dev.latchkey.core.store.Usage;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a table in a database adds to the contract: rows that cannot be opened, late commits. */
abstract class TableContract extends JdbcStoreContract {
  private static final String P = "openrouter";
  private static final Owner ALICE = Owner.of("alice");
  private static final Owner BOB = Owner.of("bob");
  private static final String SEALED = "select key_encrypted from api_keys order by user_id";

  @Test
  void anotherKeysetOpensNothingAndOverwritesNothing() throws SQLException {
    Sealer other = Keysets.ofText(Keysets.generate(), "/etc/latchkey/keyset.json");
    try (KeyStore right = open();
        KeyStore wrong = open(url(), other)) {
      right.add(key(ALICE, "sk-or-v1-alice"));
      List<String> before = column(SEALED);

      ManagedKey row = wrong.find(P, ALICE).get(0);
      assertThat(row.secret()).isNull();
      assertThat(row.fault()).contains("another keyset than the one of /etc/latchkey/keyset.json");
      assertThat(wrong.add(key(ALICE, "sk-or-v1-thief"))).isFalse();
      wrong.mark(row.id(), 1, KeyStatus.COOLING, null, "noted all the same");
      refusesToRenew(wrong);

      assertThat(column(SEALED)).isEqualTo(before);
      assertThat(right.find(P, ALICE).get(0).secret()).isEqualTo(Secret.of("sk-or-v1-alice"));
    }
  }

  @Test
  void swappedRowsOpenNeither() throws SQLException {
    try (KeyStore store = open()) {
      store.add(key(ALICE, "sk-or-v1-alice"));
      store.add(key(BOB, "sk-or-v1-bob"));
      List<String> sealed = column(SEALED);
      execute(
          "update api_keys set key_encrypted = '" + sealed.get(1) + "' where user_id = 'alice'");
      execute("update api_keys set key_encrypted = '" + sealed.get(0) + "' where user_id = 'bob'");

      for (ManagedKey row : store.list(P, null, 10)) {
        assertThat(row.secret()).isNull();
        assertThat(row.fault()).contains("moved here from another row", "restore", "delete");
        assertThat(row.usableAt(0)).isFalse();
      }
      refusesToRenew(store);
      assertThat(column(SEALED)).containsExactly(sealed.get(1), sealed.get(0));
    }
  }

  @Test
  void alteredCiphertextIsToldAndKept() throws SQLException {
    try (KeyStore store = open()) {
      store.add(key(ALICE, "sk-or-v1-alice"));
      String cursor = store.changes(null).cursor();
      execute("update api_keys set key_encrypted = 'v1.AAAA', updated_at = current_timestamp");

      assertThat(store.find(P, ALICE).get(0).fault()).contains("altered since it was stored");
      assertThat(store.changes(cursor).keys().get(0).fault()).contains("altered");
      refusesToRenew(store);
      assertThat(column(SEALED)).containsExactly("v1.AAAA");
    }
  }

  @Test
  void anOlderGenerationPutBackDoesNotOpen() throws SQLException {
    try (KeyStore store = open()) {
      store.add(key(ALICE, "sk-or-v1-alice"));
      execute("update api_keys set generation = 2");

      assertThat(store.find(P, ALICE).get(0).fault()).isNotNull();
    }
  }

  @Test
  void aRowThatSomebodySpoiledByHandRestsAloneAndSaysWhy() throws SQLException {
    try (KeyStore store = open()) {
      store.add(key(ALICE, "sk-or-v1-alice"));
      store.add(key(BOB, "sk-or-v1-bob"));
      String cursor = store.changes(null).cursor();
      execute(
          "update api_keys set status = 'in''active', source = 'by hand', generation = 0,"
              + " updated_at = current_timestamp where user_id = 'alice'");
      store.mark(key(BOB, "sk-or-v1-bob").id(), 1, KeyStatus.COOLING, null, "seen");

      ManagedKey spoiled = store.find(P, ALICE).get(0);
      assertThat(spoiled.status()).isEqualTo(KeyStatus.PAUSED);
      assertThat(spoiled.usableAt(0)).isFalse();
      assertThat(spoiled.fault()).contains("the status \"in'active\"", "active, cooling, exhaus");
      assertThat(store.changes(cursor).keys()).hasSize(2);
      assertThat(store.list(P, null, 10)).hasSize(2);
      store.mark(spoiled.id(), 0, KeyStatus.INVALID, null, "seen by a call");
      assertThat(column("select status from api_keys order by user_id"))
          .containsExactly("in'active", "cooling");
      execute("update api_keys set status = 'active', generation = 1 where user_id = 'alice'");
      assertThat(store.find(P, ALICE).get(0).secret()).isEqualTo(Secret.of("sk-or-v1-alice"));
    }
  }

  @Test
  void aChangeThatCommitsLateIsStillTold() throws SQLException {
    try (KeyStore store = open();
        Connection slow = connect()) {
      store.add(key(ALICE, "sk-or-v1-alice"));
      String cursor = store.changes(null).cursor();
      slow.setAutoCommit(false);
      try (Statement statement = slow.createStatement()) {
        statement.execute(
            "update api_keys set last_error = 'late', updated_at = current_timestamp");
      }
      for (int i = 0; i < 30; i++) {
        store.add(key(Owner.of("user-" + i), "sk-or-v1-other"));
        cursor = store.changes(cursor).cursor();
      }
      slow.commit();

      assertThat(store.changes(cursor).keys().stream().map(ManagedKey::lastError)).contains("late");
    }
  }

  @Test
  void sumsUsageUpInTheKeysRow() throws SQLException {
    LocalDate day = LocalDate.of(2026, 5, 31);
    Instant noon = Instant.parse("2026-05-31T12:00:00Z");
    try (KeyStore store = open()) {
      store.add(key(ALICE, "sk-or-v1-alice"));
      KeyId id = KeyId.own(P, ALICE);
      String sums =
          "select success_count || ' ' || error_count || ' ' || consecutive_errors || ' '"
              + " || used_today || ' ' || used_this_month from api_keys";

      store.count(Collections.singletonList(Usage.of(id, ALICE, day, 3, 1, noon)));
      store.count(Collections.singletonList(Usage.of(id, ALICE, day, 0, 2, noon)));
      assertThat(column(sums)).containsExactly("3 3 2 6 6");
      store.count(Collections.singletonList(Usage.of(id, ALICE, day.plusDays(1), 4, 0, noon)));
      assertThat(column(sums)).containsExactly("7 3 0 4 4");
      store.count(Collections.singletonList(Usage.of(id, ALICE, day, 5, 0, noon)));
      assertThat(column(sums)).as("late").containsExactly("12 3 0 4 4");
      assertThat(column("select usage_day || ' ' || usage_month from api_keys"))
          .containsExactly("2026-06-01 2026-06-01");
    }
  }

  private static void refusesToRenew(KeyStore store) {
    Duration lease = Duration.ofSeconds(30);
    assertThatThrownBy(
            () -> store.renewals().begin(KeyId.own(P, ALICE), P, ALICE, 1, "name", lease))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("is not replaced: it was")
        .hasMessageContaining("delete");
    assertThat(store.renewals().latest(KeyId.own(P, ALICE))).isEmpty();
  }

  private static ManagedKey key(Owner owner, String secret) {
    return ManagedKey.builder(KeyId.own(P, owner), P, owner).secret(Secret.of(secret)).build();
  }
}
