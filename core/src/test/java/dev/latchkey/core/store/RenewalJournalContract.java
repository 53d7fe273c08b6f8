package dev.latchkey.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.key.KeyStatus;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.key.Secret;
import dev.latchkey.core.store.RenewalJournal.Attempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What every {@link RenewalJournal} keeps. */
abstract class RenewalJournalContract extends StoreContract {
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void oneOfManyBegins() throws Exception {
    store.add(key(ALICE, "sk-or-v1-old-secret").build());
    RenewalJournal[] journals = {
      store.renewals(), another().renewals(), another().renewals(), another().renewals()
    };

    List<Optional<Attempt>> begun =
        Crowd.run(
            32,
            i ->
                () ->
                    journals[i % journals.length].begin(
                        id(ALICE), PROVIDER, ALICE, 1, "name-" + i, LEASE));

    assertThat(begun.stream().filter(Optional::isPresent)).hasSize(1);
  }

  @Test
  void whoeverRenewsAfterwardsFindsThatItIsDone() throws Exception {
    store.add(key(ALICE, "sk-or-v1-generation-1").build());
    KeyStore[] stores = {store, another(), another(), another()};

    List<Boolean> renewed = Crowd.run(24, i -> () -> renewsOnce(stores[i % stores.length], i));

    assertThat(renewed.stream().filter(won -> won)).hasSize(1);
    assertThat(stored(ALICE).generation()).isEqualTo(2);
    assertThat(store.renewals().begunWithin(PROVIDER, ALICE, HOUR)).isEqualTo(1);
  }

  /** Tries until the row has moved on, whoever moved it. */
  private boolean renewsOnce(KeyStore mine, int number) {
    boolean[] won = {false};
    Crowd.await(
        "the row moves on",
        () -> {
          Optional<Attempt> attempt =
              mine.renewals().begin(id(ALICE), PROVIDER, ALICE, 1, "name-" + number, LEASE);
          attempt.ifPresent(a -> won[0] = mine.renewals().activate(a, next(ALICE), null, LEASE));
          return mine.find(PROVIDER, ALICE).get(0).generation() == 2;
        });
    return won[0];
  }

  @Test
  void aFirstKeyNeedsNoRow() {
    Attempt attempt = begin(ALICE, 0);
    assertThat(store.renewals().minted(attempt, "hash-1")).isTrue();
    ManagedKey first = key(ALICE, "sk-or-v1-first-secret").providerRef("hash-1").build();
    assertThat(store.renewals().activate(attempt, first, null, HOUR)).isTrue();

    assertThat(stored(ALICE).secret()).isEqualTo(first.secret());
    assertThat(stored(ALICE).providerRef()).isEqualTo("hash-1");
    assertThat(state(ALICE)).isEqualTo("done");
    assertThat(tryBegin(ALICE, 0)).isEmpty();
    assertThat(tryBegin(ALICE, 1)).isPresent();
  }

  @Test
  void activationReplacesTheKeyAndRemembersTheOldOne() {
    store.add(key(ALICE, "sk-or-v1-old-secret").priority(3).build());
    store.mark(id(ALICE), 1, KeyStatus.INVALID, null, "refused");
    Attempt attempt = begin(ALICE, 1);
    store.renewals().minted(attempt, "new-hash");
    ManagedKey next = next(ALICE).toBuilder().priority(3).expiresAt(NOON).build();

    assertThat(store.renewals().activate(attempt, next, "old-hash", HOUR)).isTrue();

    ManagedKey row = stored(ALICE);
    assertThat(row.secret()).isEqualTo(next.secret());
    assertThat(row.generation()).isEqualTo(2);
    assertThat(row.status()).isEqualTo(KeyStatus.ACTIVE);
    assertThat(row.lastError()).isNull();
    assertThat(row.expiresAt()).isEqualTo(NOON);
    assertThat(row.priority()).isEqualTo(3);
    assertThat(store.renewals().latest(id(ALICE)).get().retiredRef()).isEqualTo("old-hash");
    assertThat(state(ALICE)).isEqualTo("stored");
  }

  @Test
  void activatingAgainAfterALostAnswerIsTrueAgain() {
    Attempt attempt = begin(ALICE, 0);
    ManagedKey first = key(ALICE, "sk-or-v1-first-secret").build();
    store.renewals().activate(attempt, first, null, HOUR);

    assertThat(store.renewals().activate(attempt, first, null, HOUR)).isTrue();
    assertThat(stored(ALICE).generation()).isEqualTo(1);
  }

  @Test
  void activationIsBothOrNeither() {
    store.add(key(ALICE, "sk-or-v1-old-secret").build());
    Attempt first = begin(ALICE, 1);
    store.renewals().activate(first, next(ALICE), null, HOUR);
    Attempt attempt = begin(BOB, 0);
    store.add(key(BOB, "sk-or-v1-found-meanwhile").build());

    assertThat(store.renewals().activate(attempt, key(BOB, "sk-or-v1-x").build(), null, HOUR))
        .isFalse();

    assertThat(stored(BOB).secret()).isEqualTo(Secret.of("sk-or-v1-found-meanwhile"));
    assertThat(state(BOB)).isEqualTo("minting");
  }

  @Test
  void aKeyTakenOutOfServiceMeanwhileStaysOut() {
    for (KeyStatus status : Arrays.asList(KeyStatus.PAUSED, KeyStatus.DISABLED)) {
      Owner owner = Owner.of(status.text());
      store.add(key(owner, "sk-or-v1-old-secret").build());
      Attempt attempt = begin(owner, 1);
      store.mark(id(owner), 1, status, null, "by an operator");

      assertThat(store.renewals().activate(attempt, next(owner), null, HOUR)).isFalse();

      assertThat(stored(owner).status()).isEqualTo(status);
      assertThat(stored(owner).generation()).isEqualTo(1);
    }
  }

  @Test
  void aHolderPausedPastItsLeaseLoses() throws Exception {
    store.add(key(ALICE, "sk-or-v1-old-secret").build());
    Attempt paused = begin(ALICE, 1);
    pass(LEASE.plusSeconds(1));
    RenewalJournal other = another().renewals();
    Attempt winner = other.begin(id(ALICE), PROVIDER, ALICE, 1, "winner", LEASE).get();

    assertThat(winner.id()).isGreaterThan(paused.id());
    assertThat(store.renewals().minted(paused, "late")).isFalse();
    assertThat(store.renewals().activate(paused, next(ALICE), null, HOUR)).isFalse();
    store.renewals().failed(paused, "late");
    store.renewals().abandoned(paused, "late");
    assertThat(other.minted(winner, "hash")).isTrue();
    assertThat(other.activate(winner, next(ALICE), null, HOUR)).isTrue();
    assertThat(stored(ALICE).generation()).isEqualTo(2);
  }

  @Test
  void oneOfManyTakesOverAnExpiredLease() throws Exception {
    Attempt paused = begin(ALICE, 0);
    pass(LEASE.plusSeconds(1));
    RenewalJournal[] journals = {store.renewals(), another().renewals()};

    List<Optional<Attempt>> begun =
        Crowd.run(
            16,
            i -> () -> journals[i % 2].begin(id(ALICE), PROVIDER, ALICE, 0, "name-" + i, LEASE));

    assertThat(begun.stream().filter(Optional::isPresent)).hasSize(1);
    List<Attempt> orphans = store.renewals().claimOrphans(PROVIDER, LEASE, LEASE, 10);
    assertThat(names(orphans)).containsExactly(paused.mintName());
  }

  @Test
  void oneOwnersLeaseDoesNotHoldUpAnother() {
    begin(ALICE, 0);

    assertThat(tryBegin(BOB, 0)).isPresent();
  }

  @Test
  void aMovedRowIsNotRenewedAgain() {
    assertThat(tryBegin(ALICE, 1)).as("no row").isEmpty();
    store.add(key(ALICE, "sk-or-v1-secret").generation(2).build());
    assertThat(tryBegin(ALICE, 0)).isEmpty();
    assertThat(tryBegin(ALICE, 1)).isEmpty();
    assertThat(tryBegin(ALICE, 3)).isEmpty();
    assertThat(tryBegin(ALICE, 2)).isPresent();
  }

  @Test
  void aFailedAttemptFreesTheLeaseAndTheBudget() {
    store.renewals().failed(begin(ALICE, 0), "HTTP 500");

    assertThat(state(ALICE)).isEqualTo("failed");
    assertThat(store.renewals().latest(id(ALICE)).get().error()).isEqualTo("HTTP 500");
    assertThat(store.renewals().begunWithin(PROVIDER, ALICE, HOUR)).isZero();
    assertThat(store.renewals().claimOrphans(PROVIDER, LEASE, LEASE, 10)).isEmpty();
    assertThat(tryBegin(ALICE, 0)).isPresent();
  }

  @Test
  void anAttemptWhoseLeaseRanOutIsToldAsAbandonedBeforeAndAfterSomebodyMovesIt() throws Exception {
    begin(ALICE, 0);
    assertThat(store.renewals().latest(id(ALICE)).get().ranOut()).isFalse();

    pass(LEASE.plusSeconds(1));
    assertThat(state(ALICE)).isEqualTo("abandoned");
    assertThat(store.renewals().latest(id(ALICE)).get().ranOut()).isTrue();
    store.renewals().claimOrphans(PROVIDER, LEASE, LEASE, 10);
    assertThat(store.renewals().latest(id(ALICE)).get().ranOut()).isTrue();

    Attempt next = begin(ALICE, 0);
    assertThat(store.renewals().latest(id(ALICE)).get().ranOut()).isFalse();
    store.renewals().abandoned(next, "the provider hangs");
    assertThat(store.renewals().latest(id(ALICE)).get().ranOut()).isFalse();
  }

  @Test
  void anAbandonedAttemptIsAnOrphanAtOnceAndCleanedOnce() throws Exception {
    Attempt attempt = begin(ALICE, 0);
    store.renewals().minted(attempt, "hash");
    store.renewals().abandoned(attempt, "the store was down");
    RenewalJournal[] journals = {store.renewals(), another().renewals()};

    List<List<Attempt>> claims =
        Crowd.run(8, i -> () -> journals[i % 2].claimOrphans(PROVIDER, LEASE, LEASE, 10));
    List<Attempt> claimed = claims.stream().flatMap(List::stream).collect(Collectors.toList());

    assertThat(names(claimed)).containsExactly(attempt.mintName());
    assertThat(claimed.get(0).providerRef()).isEqualTo("hash");
    assertThat(claimed.get(0).error()).isEqualTo("the store was down");
    pass(LEASE.plusSeconds(1));
    List<Attempt> again = store.renewals().claimOrphans(PROVIDER, LEASE, LEASE, 10);
    assertThat(names(again)).as("its cleaner died").containsExactly(attempt.mintName());
    store.renewals().cleaned(again.get(0));
    pass(LEASE.plusSeconds(1));
    assertThat(store.renewals().claimOrphans(PROVIDER, LEASE, LEASE, 10)).isEmpty();
    assertThat(state(ALICE)).isEqualTo("cleaned");
  }

  @Test
  void anAttemptPastItsLeaseIsAnOrphanAndFenced() throws Exception {
    Attempt attempt = begin(ALICE, 0);
    assertThat(store.renewals().claimOrphans(PROVIDER, LEASE, LEASE, 10)).isEmpty();
    pass(LEASE.plusSeconds(1));

    assertThat(store.renewals().claimOrphans("openai", LEASE, LEASE, 10)).isEmpty();
    assertThat(names(store.renewals().claimOrphans(PROVIDER, LEASE, LEASE, 10)))
        .containsExactly(attempt.mintName());
    assertThat(store.renewals().minted(attempt, "late")).isFalse();
    assertThat(tryBegin(ALICE, 0)).as("the key itself is free").isPresent();
  }

  @Test
  void orphansComeInPortionsOldestFirst() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Attempt attempt = begin(Owner.of("user-" + i), 0);
      store.renewals().abandoned(attempt, "test");
      names.add(attempt.mintName());
    }

    assertThat(names(store.renewals().claimOrphans(PROVIDER, Duration.ZERO, LEASE, 3)))
        .isEqualTo(names.subList(0, 3));
    assertThat(names(store.renewals().claimOrphans(PROVIDER, Duration.ZERO, LEASE, 3)))
        .isEqualTo(names.subList(3, 5));
  }

  @Test
  void theReplacedKeyIsRevokedOnceAfterItsGrace() throws Exception {
    store.add(key(ALICE, "sk-or-v1-old-secret").build());
    Attempt attempt = begin(ALICE, 1);
    store.renewals().activate(attempt, next(ALICE), "old-hash", Duration.ofMinutes(5));
    assertThat(store.renewals().claimRetired(PROVIDER, LEASE, 10)).isEmpty();
    pass(Duration.ofMinutes(5).plusSeconds(1));

    List<List<Attempt>> claims =
        Crowd.run(4, i -> () -> store.renewals().claimRetired(PROVIDER, LEASE, 10));
    List<Attempt> claimed = claims.stream().flatMap(List::stream).collect(Collectors.toList());

    assertThat(claimed).hasSize(1);
    assertThat(claimed.get(0).retiredRef()).isEqualTo("old-hash");
    store.renewals().done(claimed.get(0));
    pass(LEASE.plusSeconds(1));
    assertThat(store.renewals().claimRetired(PROVIDER, LEASE, 10)).isEmpty();
    assertThat(state(ALICE)).isEqualTo("done");
  }

  @Test
  void theBudgetCountsOneOwnersWindow() throws Exception {
    for (int i = 0; i < 2; i++) store.renewals().abandoned(begin(ALICE, 0), "test");
    store.renewals().abandoned(begin(BOB, 0), "test");
    pass(Duration.ofMinutes(50));
    store.renewals().abandoned(begin(ALICE, 0), "test");

    assertThat(store.renewals().begunWithin(PROVIDER, ALICE, HOUR)).isEqualTo(3);
    assertThat(store.renewals().begunWithin("openai", ALICE, HOUR)).isZero();
    pass(Duration.ofMinutes(15));
    assertThat(store.renewals().begunWithin(PROVIDER, ALICE, HOUR)).isEqualTo(1);
  }

  @Test
  void anOrphanWithoutAReferenceIsGivenAsSoonAsItIsSettled() throws Exception {
    Duration settled = LEASE.plusSeconds(5);
    store.renewals().minted(begin(BOB, 0), "hash-of-bob");
    begin(ALICE, 0);

    pass(LEASE.plusSeconds(2));
    assertThat(names(store.renewals().claimOrphans(PROVIDER, settled, LEASE, 10)))
        .as("a known reference can be revoked at once")
        .containsExactly("mint-bob-0");
    pass(Duration.ofSeconds(4));
    assertThat(names(store.renewals().claimOrphans(PROVIDER, settled, LEASE, 10)))
        .containsExactly("mint-alice-0");
  }

  @Test
  void oldAttemptsThatEndedAreForgottenInSteps() throws Exception {
    store.renewals().failed(begin(ALICE, 0), "HTTP 500");
    Attempt done = begin(ALICE, 0);
    store.renewals().activate(done, key(ALICE, "sk-or-v1-first-secret").build(), null, HOUR);
    store.renewals().abandoned(begin(BOB, 0), "the provider hangs");
    Duration month = Duration.ofDays(30);
    assertThat(store.renewals().prune(PROVIDER, month, 10)).isZero();

    pass(month.plusHours(2));

    assertThat(store.renewals().prune("openai", month, 10)).isZero();
    assertThat(store.renewals().prune(PROVIDER, month, 1)).isEqualTo(1);
    assertThat(store.renewals().prune(PROVIDER, month, 10)).isEqualTo(1);
    assertThat(store.renewals().prune(PROVIDER, month, 10)).isZero();
    assertThat(store.renewals().latest(id(ALICE))).isEmpty();
    assertThat(state(BOB)).as("it may have left a key").isEqualTo("abandoned");
    assertThat(stored(ALICE).generation()).isEqualTo(1);
  }

  @Test
  void tellsTheLatestAttempt() {
    assertThat(store.renewals().latest(id(ALICE))).isEmpty();
    store.renewals().failed(begin(ALICE, 0), "HTTP 500");
    Attempt attempt = begin(ALICE, 0);
    store.renewals().minted(attempt, "hash");

    Attempt latest = store.renewals().latest(id(ALICE)).get();
    assertThat(latest.id()).isEqualTo(attempt.id());
    assertThat(latest.key()).isEqualTo(id(ALICE));
    assertThat(latest.provider()).isEqualTo(PROVIDER);
    assertThat(latest.owner()).isEqualTo(ALICE);
    assertThat(latest.generation()).isZero();
    assertThat(latest.mintName()).isEqualTo(attempt.mintName());
    assertThat(latest.state()).isEqualTo("minted");
    assertThat(latest.providerRef()).isEqualTo("hash");
    assertThat(latest.begunAt()).isEqualTo(attempt.begunAt());
  }

  private Attempt begin(Owner owner, long generation) {
    return tryBegin(owner, generation).get();
  }

  private Optional<Attempt> tryBegin(Owner owner, long generation) {
    return store
        .renewals()
        .begin(id(owner), PROVIDER, owner, generation, "mint-" + owner + "-" + generation, LEASE);
  }

  private String state(Owner owner) {
    return store.renewals().latest(id(owner)).get().state();
  }

  private static ManagedKey next(Owner owner) {
    return key(owner, "sk-or-v1-next-secret").generation(2).build();
  }

  private static List<String> names(List<Attempt> attempts) {
    return attempts.stream().map(Attempt::mintName).collect(Collectors.toList());
  }
}
