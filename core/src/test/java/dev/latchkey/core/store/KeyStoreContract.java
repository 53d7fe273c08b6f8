package dev.latchkey.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.key.KeyEvent;
import dev.latchkey.core.key.KeyId;
import dev.latchkey.core.key.KeySource;
import dev.latchkey.core.key.KeyStatus;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.key.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What every {@link KeyStore} keeps. A store's own test extends this, opens the store and makes its
 * clock move; nothing else.
 */
public abstract class KeyStoreContract extends RenewalJournalContract {
  private static final LocalDate DAY = LocalDate.of(2026, 6, 1);

  @Test
  void keepsWhatWasAdded() {
    ManagedKey key =
        key(ALICE, "sk-or-v1-secret-4711")
            .source(KeySource.ENVIRONMENT)
            .status(KeyStatus.COOLING)
            .priority(7)
            .generation(3)
            .providerRef("hash")
            .expiresAt(NOON)
            .cooldownUntil(NOON.plusSeconds(1))
            .lastError("slow down")
            .lastValidated(NOON.plusSeconds(2))
            .lastRenewalAt(NOON.plusSeconds(3))
            .dailyLimit(50L)
            .monthlyLimit(1000L)
            .build();

    assertThat(store.add(key)).isTrue();

    ManagedKey row = store.find(PROVIDER, ALICE).get(0);
    assertThat(row.createdAt()).isAfter(Instant.EPOCH);
    assertThat(row).usingRecursiveComparison().ignoringFields("createdAt").isEqualTo(key);
  }

  @Test
  void addsOnceHoweverManyTry() throws Exception {
    KeyStore[] stores = {store, another(), another(), another()};

    List<Boolean> added =
        Crowd.run(
            16, i -> () -> stores[i % stores.length].add(key(ALICE, "sk-or-v1-no-" + i).build()));

    assertThat(added.stream().filter(a -> a)).hasSize(1);
    String winner = "sk-or-v1-no-" + added.indexOf(true);
    assertThat(stored(ALICE).secret()).isEqualTo(Secret.of(winner));
    assertThat(store.add(key(ALICE, "sk-or-v1-late").build())).isFalse();
  }

  @Test
  void refusesAKeyWithoutASecret() {
    ManagedKey faulty = ManagedKey.builder(id(ALICE), PROVIDER, ALICE).fault("unreadable").build();

    assertThatThrownBy(() -> store.add(faulty))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("without a secret");
  }

  @Test
  void findsAPoolBestFirstWithoutTheRetired() {
    ManagedKey last = pooled("sk-or-v1-pool-b", 2);
    ManagedKey first = pooled("sk-or-v1-pool-a", 1);
    ManagedKey retired = pooled("sk-or-v1-pool-c", 0);
    for (ManagedKey key : Arrays.asList(last, first, retired)) store.add(key);
    store.mark(retired.id(), 1, KeyStatus.RETIRED, null, null);
    store.add(key(ALICE, "sk-or-v1-alice").build());

    assertThat(ids(store.find(PROVIDER, Owner.POOL))).containsExactly(first.id(), last.id());
    assertThat(store.find("openai", Owner.POOL)).isEmpty();
    assertThat(ids(store.list(PROVIDER, Owner.POOL, 10))).hasSize(3).contains(retired.id());
  }

  @Test
  void listsInOrderWithALimit() {
    for (String user : new String[] {"carol", "alice", "bob"}) {
      store.add(key(Owner.of(user), "sk-or-v1-" + user).build());
    }
    KeyId other = KeyId.own("another", ALICE);
    store.add(
        ManagedKey.builder(other, "another", ALICE).secret(Secret.of("sk-or-v1-other")).build());

    assertThat(store.list(null, null, 10).stream().map(k -> k.provider() + "/" + k.owner()))
        .containsExactly("another/alice", "openrouter/alice", "openrouter/bob", "openrouter/carol");
    assertThat(store.list(null, null, 2)).hasSize(2);
    assertThat(store.list(PROVIDER, null, 10)).hasSize(3);
    assertThat(store.list(null, ALICE, 10)).hasSize(2);
  }

  @Test
  void aCooldownOnlyMovesLater() {
    store.add(key(ALICE, "sk-or-v1-secret").build());
    assertThat(rest(KeyStatus.COOLING, NOON)).isTrue();
    assertThat(rest(KeyStatus.COOLING, NOON.minusSeconds(60))).isTrue();
    assertThat(stored(ALICE).cooldownUntil()).isEqualTo(NOON);
    assertThat(rest(KeyStatus.EXHAUSTED, NOON.plusSeconds(60))).isTrue();
    assertThat(stored(ALICE).cooldownUntil()).isEqualTo(NOON.plusSeconds(60));
    assertThat(stored(ALICE).status()).isEqualTo(KeyStatus.EXHAUSTED);
    assertThat(rest(KeyStatus.EXHAUSTED, null)).isTrue();
    assertThat(rest(KeyStatus.COOLING, NOON.plusSeconds(90))).isTrue();
    assertThat(stored(ALICE).cooldownUntil()).as("no known end is the longest").isNull();
    assertThat(stored(ALICE).status()).isEqualTo(KeyStatus.EXHAUSTED);
    assertThat(rest(KeyStatus.ACTIVE, null)).isTrue();
    assertThat(stored(ALICE).usableAt(0)).isTrue();
    assertThat(rest(KeyStatus.COOLING, NOON)).isTrue();
    assertThat(stored(ALICE).cooldownUntil()).isEqualTo(NOON);
  }

  @Test
  void theLatestOfManyCooldownsStays() throws Exception {
    store.add(key(ALICE, "sk-or-v1-secret").build());
    KeyStore[] stores = {store, another(), another()};

    Crowd.run(
        16,
        i ->
            () ->
                stores[i % stores.length].mark(
                    id(ALICE), 1, KeyStatus.COOLING, NOON.plusSeconds(i * 7 % 16), "no. " + i));

    assertThat(stored(ALICE).cooldownUntil()).isEqualTo(NOON.plusSeconds(15));
  }

  @Test
  void whatACallSawDoesNotUndoAnOperator() {
    for (KeyStatus out : Arrays.asList(KeyStatus.PAUSED, KeyStatus.DISABLED, KeyStatus.RETIRED)) {
      Owner owner = Owner.of(out.text());
      store.add(key(owner, "sk-or-v1-secret").build());
      store.mark(id(owner), 1, out, null, "by an operator");
      for (KeyStatus seen :
          Arrays.asList(KeyStatus.COOLING, KeyStatus.EXHAUSTED, KeyStatus.INVALID)) {
        assertThat(store.mark(id(owner), 1, seen, NOON, "seen")).isTrue();
      }
      assertThat(stored(owner).status()).isEqualTo(out);
      assertThat(stored(owner).lastError()).isEqualTo("by an operator");
    }
  }

  @Test
  void aRefusedKeyDoesNotComeBackByCooling() {
    store.add(key(ALICE, "sk-or-v1-secret").build());
    store.mark(id(ALICE), 1, KeyStatus.INVALID, null, "401");
    store.mark(id(ALICE), 1, KeyStatus.COOLING, NOON, "429, late");

    assertThat(stored(ALICE).status()).isEqualTo(KeyStatus.INVALID);
  }

  @Test
  void theOldestEventsAreForgottenInSteps() throws Exception {
    Instant old = Instant.parse("2000-01-01T00:00:00Z");
    Instant recent = Instant.parse("2100-01-01T00:00:00Z");
    for (int i = 0; i < 3; i++) store.append(Collections.singletonList(event(old, "old " + i)));
    store.append(Collections.singletonList(event(recent, "new")));

    assertThat(store.pruneEvents(Duration.ofDays(90), 2)).isEqualTo(2);
    assertThat(history()).containsExactly("old 2", "new");
    assertThat(store.pruneEvents(Duration.ofDays(90), 2)).isEqualTo(1);
    assertThat(store.pruneEvents(Duration.ofDays(90), 2)).isZero();
    assertThat(history()).containsExactly("new");
  }

  private static KeyEvent event(Instant at, String reason) {
    return KeyEvent.of(at, KeyEvent.Type.COOLING, PROVIDER, ALICE, "****", reason);
  }

  @Test
  void anOwnerWithKeysIsDisabledAndEnabled() {
    store.add(key(ALICE, "sk-or-v1-alice-secret").build());
    store.mark(id(ALICE), 1, KeyStatus.COOLING, NOON, "429");
    store.disable(PROVIDER, ALICE, "left the company");

    assertThat(stored(ALICE).status()).isEqualTo(KeyStatus.DISABLED);
    assertThat(stored(ALICE).lastError()).isEqualTo("left the company");
    assertThat(stored(ALICE).isBar()).isFalse();
    assertThat(store.disabledOwners(PROVIDER, 10)).containsExactly(ALICE);
    store.mark(id(ALICE), 1, KeyStatus.ACTIVE, null, null);
    store.mark(id(ALICE), 1, KeyStatus.COOLING, NOON, "429");
    assertThat(stored(ALICE).status()).isEqualTo(KeyStatus.DISABLED);

    assertThat(store.enable(PROVIDER, ALICE)).isTrue();
    assertThat(store.enable(PROVIDER, ALICE)).isFalse();
    assertThat(stored(ALICE).status()).isEqualTo(KeyStatus.ACTIVE);
    assertThat(stored(ALICE).cooldownUntil()).isNull();
    assertThat(stored(ALICE).lastError()).isNull();
    assertThat(store.disabledOwners(PROVIDER, 10)).isEmpty();
  }

  @Test
  void anOwnerWithoutAKeyIsKeptOutByARowWithoutOne() {
    store.disable(PROVIDER, ALICE, "first");
    store.disable(PROVIDER, ALICE, "again");

    assertThat(stored(ALICE).isBar()).isTrue();
    assertThat(stored(ALICE).fault()).isNull();
    assertThat(stored(ALICE).lastError()).isEqualTo("again");
    assertThat(store.find(PROVIDER, ALICE)).hasSize(1);
    assertThat(store.add(key(ALICE, "sk-or-v1-alice-secret").build())).isFalse();
    assertThat(begun(ALICE)).isEmpty();
    assertThat(store.disabledOwners(PROVIDER, 10)).containsExactly(ALICE);
    assertThat(store.disabledOwners("another", 10)).isEmpty();
  }

  @Test
  void aRowWithoutAKeyMakesRoomOnceItsOwnerIsBack() {
    store.disable(PROVIDER, ALICE, "for a while");
    store.disable(PROVIDER, BOB, "for a while");
    store.enable(PROVIDER, ALICE);
    store.enable(PROVIDER, BOB);
    assertThat(store.find(PROVIDER, ALICE)).isEmpty();

    ManagedKey found = key(ALICE, "sk-or-v1-alice-secret").build();
    assertThat(store.add(found)).isTrue();
    assertThat(store.add(found)).isFalse();
    RenewalJournal.Attempt attempt = begun(BOB).get();
    ManagedKey made = key(BOB, "sk-or-v1-bob-secret").build();
    assertThat(store.renewals().activate(attempt, made, null, Duration.ofHours(1))).isTrue();

    assertThat(stored(ALICE).secret()).isEqualTo(found.secret());
    assertThat(stored(BOB).secret()).isEqualTo(made.secret());
    assertThat(stored(BOB).status()).isEqualTo(KeyStatus.ACTIVE);
  }

  @Test
  void aMintUnderWayDoesNotPassABar() {
    RenewalJournal.Attempt attempt = begun(ALICE).get();
    store.disable(PROVIDER, ALICE, "meanwhile");

    ManagedKey made = key(ALICE, "sk-or-v1-alice-secret").build();
    assertThat(store.renewals().activate(attempt, made, null, Duration.ofHours(1))).isFalse();
    assertThat(stored(ALICE).isBar()).isTrue();
  }

  @Test
  void whoIsDisabledAndEnabledIsAmongTheChanges() throws Exception {
    String cursor = store.changes(null).cursor();
    KeyStore other = another();
    other.disable(PROVIDER, ALICE, "elsewhere");
    Changes first = store.changes(cursor);
    assertThat(first.keys()).extracting(ManagedKey::status).contains(KeyStatus.DISABLED);

    other.enable(PROVIDER, ALICE);
    assertThat(store.changes(first.cursor()).keys())
        .extracting(ManagedKey::status)
        .contains(KeyStatus.RETIRED);
  }

  @Test
  void aPoolIsNotAmongItsDisabledOwners() {
    store.disable(PROVIDER, Owner.POOL, "all of it");
    store.disable(PROVIDER, BOB, "he alone");
    assertThat(store.disabledOwners(PROVIDER, 10)).containsExactly(BOB);
    assertThat(store.find(PROVIDER, Owner.POOL)).hasSize(1);
  }

  private java.util.Optional<RenewalJournal.Attempt> begun(Owner owner) {
    return store.renewals().begin(id(owner), PROVIDER, owner, 0, "mint", LEASE);
  }

  @Test
  void aNoteOnAnotherGenerationIsLost() {
    store.add(key(ALICE, "sk-or-v1-secret").generation(2).build());

    assertThat(store.mark(id(ALICE), 1, KeyStatus.INVALID, null, "late")).isFalse();
    assertThat(store.mark(id(BOB), 1, KeyStatus.INVALID, null, "no row")).isFalse();
    store.validated(id(ALICE), 1, NOON);
    assertThat(stored(ALICE).status()).isEqualTo(KeyStatus.ACTIVE);
    assertThat(stored(ALICE).lastValidated()).isNull();
  }

  @Test
  void remembersTheLatestValidation() {
    store.add(key(ALICE, "sk-or-v1-secret").build());
    store.validated(id(ALICE), 1, NOON);
    store.validated(id(ALICE), 1, NOON.minusSeconds(5));

    assertThat(stored(ALICE).lastValidated()).isEqualTo(NOON);
  }

  @Test
  void tellsWhatChangedElsewhere() throws Exception {
    store.add(key(BOB, "sk-or-v1-before").build());
    Changes none = store.changes(null);
    assertThat(none.keys()).isEmpty();

    KeyStore other = another();
    other.add(key(ALICE, "sk-or-v1-secret").build());
    Changes added = store.changes(none.cursor());
    assertThat(ids(added.keys())).contains(id(ALICE));
    other.mark(id(ALICE), 1, KeyStatus.RETIRED, null, null);
    Changes retired = store.changes(added.cursor());
    assertThat(find(retired, ALICE).status()).isEqualTo(KeyStatus.RETIRED);
  }

  @Test
  void everyChangeIsToldAlsoInPortions() {
    Changes changes = store.changes(null);
    int many = 1_250;
    for (int i = 0; i < many; i++) store.add(key(Owner.of("user-" + i), "sk-or-v1-" + i).build());

    Set<KeyId> seen = new HashSet<>();
    for (int round = 0; round < 3; round++) {
      changes = store.changes(changes.cursor());
      assertThat(changes.keys()).hasSizeLessThanOrEqualTo(1_000);
      seen.addAll(ids(changes.keys()));
    }
    assertThat(seen).hasSize(many);
  }

  @Test
  void noChangeIsMissedWhileManyWrite() throws Exception {
    int writers = 8;
    int each = 25;
    KeyStore[] stores = {store, another(), another()};
    String[] cursor = {store.changes(null).cursor()};
    Set<KeyId> last = Collections.synchronizedSet(new HashSet<>());
    AtomicBoolean writing = new AtomicBoolean(true);
    KeyStore reader = another();

    Crowd.run(
        writers + 1,
        i ->
            () -> {
              if (i < writers) return writesMany(stores[i % stores.length], i, each);
              while (writing.get() && last.size() < writers * each) {
                Changes changes = reader.changes(cursor[0]);
                cursor[0] = changes.cursor();
                for (ManagedKey key : changes.keys()) {
                  if (key.status() == KeyStatus.PAUSED) last.add(key.id());
                }
                if (Thread.currentThread().isInterrupted()) writing.set(false);
              }
              return true;
            });

    assertThat(last).hasSize(writers * each);
  }

  private static boolean writesMany(KeyStore mine, int writer, int each) {
    for (int k = 0; k < each; k++) {
      Owner owner = Owner.of("user-" + writer + "-" + k);
      mine.add(key(owner, "sk-or-v1-" + writer + "-" + k).build());
      mine.mark(id(owner), 1, KeyStatus.PAUSED, null, "the last change");
    }
    return true;
  }

  @Test
  void countsAddUp() throws Exception {
    store.add(key(ALICE, "sk-or-v1-secret").build());
    KeyStore[] stores = {store, another(), another()};

    Crowd.run(
        12,
        i ->
            () -> {
              List<Usage> batch = new ArrayList<>();
              batch.add(counted(ALICE, DAY, 2, 1, i));
              batch.add(counted(BOB, DAY, 1, 0, i));
              batch.add(counted(ALICE, DAY.plusDays(1), 1, 0, i));
              if (i % 2 == 0) Collections.reverse(batch);
              stores[i % stores.length].count(batch);
              return true;
            });

    assertThat(usage().stream().map(KeyStoreContract::text))
        .containsExactlyInAnyOrder(
            "alice 2026-06-01 24 12 2026-06-01T12:00:11Z",
            "bob 2026-06-01 12 0 2026-06-01T12:00:11Z",
            "alice 2026-06-02 12 0 2026-06-01T12:00:11Z");
  }

  @Test
  void countingChangesNoKey() {
    store.add(key(ALICE, "sk-or-v1-secret").build());
    String cursor = store.changes(null).cursor();
    store.count(Collections.singletonList(counted(ALICE, DAY, 2, 1, 0)));
    store.count(Collections.emptyList());

    assertThat(stored(ALICE).status()).isEqualTo(KeyStatus.ACTIVE);
    assertThat(store.changes(cursor).cursor()).isNotNull();
  }

  @Test
  void historyIsAppended() throws Exception {
    store.append(Arrays.asList(event("first"), event("second")));
    store.append(Collections.emptyList());
    another().append(Collections.singletonList(event("third")));

    assertThat(history()).containsExactly("first", "second", "third");
  }

  @Test
  void findsWhatExpiresSoon() {
    store.add(key(Owner.of("later"), "sk-or-v1-1").expiresAt(NOON.plusSeconds(9)).build());
    store.add(key(Owner.of("soon"), "sk-or-v1-2").expiresAt(NOON.plusSeconds(5)).build());
    store.add(key(Owner.of("soonest"), "sk-or-v1-3").expiresAt(NOON).build());
    store.add(key(Owner.of("never"), "sk-or-v1-4").build());
    store.add(key(Owner.of("off"), "sk-or-v1-5").expiresAt(NOON).build());
    store.mark(id(Owner.of("off")), 1, KeyStatus.DISABLED, null, null);

    assertThat(store.expiringBefore(NOON.plusSeconds(8), 10).stream().map(k -> k.owner().id()))
        .containsExactly("soonest", "soon");
    assertThat(store.expiringBefore(NOON.plusSeconds(8), 1)).hasSize(1);
  }

  @Test
  void anyTextMayBeAnOwner() throws Exception {
    char[] long10k = new char[10_000];
    Arrays.fill(long10k, 'x');
    for (String user :
        new String[] {
          new String(long10k),
          "o'brien \"quoted\"",
          "two\nlines\r\tand \u0000 nul",
          "emoji \ud83d\ude00\ud83d\udd11 and lone \ud83d",
          "'; DROP TABLE api_keys; --",
          "%_\\",
          "ünïcödé 日本語"
        }) {
      Owner owner = Owner.of(user);
      store.add(key(owner, "sk-or-v1-secret").build());
      store.mark(id(owner), 1, KeyStatus.COOLING, NOON, user);
      store.append(Collections.singletonList(event(user)));
      store.count(Collections.singletonList(counted(owner, DAY, 1, 0, 0)));
      RenewalJournal.Attempt attempt =
          store.renewals().begin(id(owner), PROVIDER, owner, 1, "n-" + user, LEASE).get();
      store.renewals().abandoned(attempt, user);

      ManagedKey row = stored(owner);
      assertThat(row.owner()).isEqualTo(owner);
      assertThat(row.secret()).isNotNull();
      assertThat(store.renewals().begunWithin(PROVIDER, owner, Duration.ofHours(1))).isEqualTo(1);
    }
    assertThat(store.list(null, null, 100)).hasSize(7);
    assertThat(usage()).hasSize(7);
  }

  @Test
  void describesItselfWithoutCredentials() {
    assertThat(store.describe()).isNotBlank().doesNotContain("password").doesNotContain("?");
  }

  @Test
  void closesTwice() {
    store.close();
    store.close();
  }

  private boolean rest(KeyStatus status, Instant until) {
    return store.mark(id(ALICE), 1, status, until, "test");
  }

  private static ManagedKey pooled(String secret, int priority) {
    KeyId id = KeyId.pooled(PROVIDER, Secret.of(secret));
    return ManagedKey.builder(id, PROVIDER, Owner.POOL)
        .secret(Secret.of(secret))
        .priority(priority)
        .build();
  }

  private static ManagedKey find(Changes changes, Owner owner) {
    ManagedKey found = null;
    for (ManagedKey key : changes.keys()) if (key.owner().equals(owner)) found = key;
    return found;
  }

  private static List<KeyId> ids(List<ManagedKey> keys) {
    return keys.stream().map(ManagedKey::id).collect(Collectors.toList());
  }

  private static Usage counted(Owner caller, LocalDate day, long good, long bad, int second) {
    return Usage.of(id(ALICE), caller, day, good, bad, NOON.plusSeconds(second));
  }

  private static String text(Usage u) {
    return u.owner().id()
        + " "
        + u.day()
        + " "
        + u.successes()
        + " "
        + u.errors()
        + " "
        + u.lastUsed();
  }

  private static KeyEvent event(String reason) {
    return KeyEvent.of(NOON, KeyEvent.Type.COOLING, PROVIDER, ALICE, "****", reason);
  }
}
