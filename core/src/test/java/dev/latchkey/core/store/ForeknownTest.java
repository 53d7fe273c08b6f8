package dev.latchkey.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.key.KeyEvent;
import dev.latchkey.core.key.KeyId;
import dev.latchkey.core.key.KeyLog;
import dev.latchkey.core.key.KeyStatus;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.key.Secret;
import dev.latchkey.core.time.FakeTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a guarded store answers before its table is opened. */
class ForeknownTest {
  private static final Owner ALICE = Owner.of("alice");
  private static final Owner BOB = Owner.of("bob");
  private static final KeyId ID = KeyId.own("vendor", ALICE);
  private static final ManagedKey KEY =
      ManagedKey.builder(ID, "vendor", ALICE).secret(Secret.of("sk-test-0123456789")).build();

  private final FakeTime time = FakeTime.create();
  private final List<KeyEvent> told = new ArrayList<>();
  private final MemoryStore table = MemoryStore.create(time);
  private @Nullable Snapshot snapshot;
  private boolean opened;
  private boolean gone;
  private final GuardedStore store =
      GuardedStore.create(
          this::open, () -> snapshot, "the table", time, KeyLog.create(time, told::add));

  private KeyStore open() {
    if (gone) throw new StoreException("connection refused");
    opened = true;
    return table;
  }

  private Snapshot taken() {
    return FakeSnapshot.of(table, KEY, BOB);
  }

  @Test
  void theTableIsNotOpenedForWhatIsKnownOfIt() {
    snapshot = taken();

    assertThat(store.isForeknown()).isTrue();
    assertThat(store.find("vendor", ALICE)).containsExactly(KEY);
    assertThat(store.disabledOwners("vendor", 9)).containsExactly(BOB);
    assertThat(opened).isFalse();

    assertThat(store.list("vendor", null, 9)).isEmpty();
    assertThat(opened).isTrue();
    assertThat(store.isForeknown()).isFalse();
    assertThat(store.find("vendor", ALICE)).isEmpty();
    assertThat(store.disabledOwners("vendor", 9)).isEmpty();
  }

  @Test
  void whatChangedSinceIsTold() {
    table.add(KEY);
    time.advance(Duration.ofHours(1));
    snapshot = taken();
    time.advance(Duration.ofHours(1));
    table.mark(ID, 1, KeyStatus.INVALID, null, "dead");
    time.advance(Duration.ofHours(1));

    assertThat(store.find("vendor", ALICE)).containsExactly(KEY);
    assertThat(store.changes(null).keys())
        .extracting(ManagedKey::status)
        .containsExactly(KeyStatus.INVALID);
  }

  @Test
  void withoutAnAnswerChangesAreToldFromNowOn() {
    table.add(KEY);
    snapshot = taken();
    time.advance(Duration.ofHours(1));

    assertThat(store.changes(null).keys()).isEmpty();
  }

  @Test
  void whatOnlyTheTableCanTellIsAskedOfIt() {
    snapshot = taken();

    assertThat(store.find("vendor", BOB)).isEmpty();
    assertThat(opened).isTrue();
  }

  @Test
  void afterTheTableCouldNotBeOpenedNothingIsKnownOfIt() {
    snapshot = taken();
    gone = true;
    assertThatThrownBy(() -> store.list(null, null, 1)).hasMessageContaining("refused");

    assertThat(store.isForeknown()).isFalse();
    assertThatThrownBy(() -> store.find("vendor", ALICE)).hasMessageContaining("refused");
    gone = false;
    time.advance(Duration.ofSeconds(2));
    assertThat(store.find("vendor", ALICE)).isEmpty();
    assertThat(told)
        .extracting(KeyEvent::type)
        .containsExactly(KeyEvent.Type.DISABLED, KeyEvent.Type.RECOVERED);
  }

  @Test
  void aSnapshotThatCannotBeTakenIsNone() {
    GuardedStore faulty =
        GuardedStore.create(
            this::open,
            () -> {
              throw new NoClassDefFoundError("of another jar");
            },
            "the table",
            time,
            KeyLog.create(time, told::add));

    assertThat(faulty.isForeknown()).isFalse();
    assertThat(faulty.find("vendor", ALICE)).isEmpty();
    assertThat(opened).isTrue();
  }
}
