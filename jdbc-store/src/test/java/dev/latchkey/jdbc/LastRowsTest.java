package dev.latchkey.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.latchkey.core.crypto.Keysets;
import dev.latchkey.core.crypto.Sealer;
import dev.latchkey.core.key.KeyId;
import dev.latchkey.core.key.KeyStatus;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.key.Secret;
import dev.latchkey.core.store.Changes;
import dev.latchkey.core.store.Crowd;
import dev.latchkey.core.store.KeyStore;
import dev.latchkey.core.store.Snapshot;
import dev.latchkey.core.store.StoreSettings;
import dev.latchkey.core.time.TimeSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of the embedded table before it is opened. */
class LastRowsTest {
  private static final Owner ALICE = Owner.of("al\nice \uD83D\uDE00");
  private static final Owner BOB = Owner.of("bob");
  private static final KeyId ALICES = KeyId.own("p", ALICE);
  private static final String TEXT = "sk-test-0123456789abcdef";
  private static final Instant SOON = Instant.parse("2031-02-03T04:05:06.789Z");

  private static final Path LOCKS = Paths.get("/proc/locks");

  @TempDir Path folder;

  private StoreSettings settings(Sealer sealer) {
    return StoreSettings.of("h2:" + folder, null, null, false, () -> sealer, TimeSource.system());
  }

  private KeyStore open() {
    return new JdbcKeyStoreProvider().open(settings(JdbcStoreContract.SEALER));
  }

  private @Nullable Snapshot snapshot() {
    return new JdbcKeyStoreProvider().snapshot(settings(JdbcStoreContract.SEALER));
  }

  private Snapshot taken() {
    return Objects.requireNonNull(snapshot());
  }

  private Path file(String name) {
    return folder.resolve("h2").resolve(name);
  }

  private Path file() {
    return file(LastRows.FILE);
  }

  private static ManagedKey.Builder key(Owner owner) {
    return ManagedKey.builder(KeyId.own("p", owner), "p", owner).secret(Secret.of(TEXT));
  }

  /** A table that was closed in order, with this key in it. */
  private void stored(ManagedKey key) {
    try (KeyStore store = open()) {
      assertThat(store.add(key)).isTrue();
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection c = H2Database.of(settings(JdbcStoreContract.SEALER)).getConnection();
        Statement s = c.createStatement()) {
      s.execute(sql);
    }
  }

  @Test
  void areThoseOfTheTable() {
    stored(
        key(ALICE)
            .priority(3)
            .expiresAt(SOON)
            .providerRef("ref")
            .dailyLimit(7L)
            .lastValidated(SOON.minusSeconds(9))
            .lastError("was \"throttled\"\n")
            .build());
    List<ManagedKey> asked;
    try (KeyStore store = open()) {
      asked = store.find("p", ALICE);
    }
    Snapshot told = taken();

    assertThat(told.find("p", ALICE))
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactlyElementsOf(asked);
    assertThat(told.find("p", BOB)).isEmpty();
    assertThat(told.find("q", ALICE)).isEmpty();
    assertThat(file("keys.lock.db")).doesNotExist();
  }

  @Test
  void areInTheOrderOfTheTableAndWithoutTheRetired() {
    try (KeyStore store = open()) {
      for (int i : new int[] {3, 1, 2}) store.add(pooled(i));
      store.mark(pooled(1).id(), 1, KeyStatus.RETIRED, null, null);
    }
    assertThat(taken().find("p", Owner.POOL))
        .extracting(ManagedKey::priority)
        .containsExactly(2, 3);
  }

  private static ManagedKey pooled(int priority) {
    Secret secret = Secret.of(TEXT + priority);
    return ManagedKey.builder(KeyId.pooled("p", secret), "p", Owner.POOL)
        .secret(secret)
        .priority(priority)
        .build();
  }

  @Test
  void tellWhoIsDisabledAndWhatRests() {
    stored(key(ALICE).build());
    try (KeyStore store = open()) {
      store.add(key(BOB).build());
      store.mark(KeyId.own("p", BOB), 1, KeyStatus.COOLING, SOON, "throttled");
      store.disable("p", ALICE, "by an operator");
      store.disable("q", BOB, "by an operator"); // Who has no key there.
      store.disable("p", Owner.POOL, "by an operator");
    }
    Snapshot told = taken();

    assertThat(told.disabledOwners("p", 10)).containsExactly(ALICE);
    assertThat(told.disabledOwners("q", 10)).containsExactly(BOB);
    assertThat(told.disabledOwners("r", 10)).isEmpty();
    assertThat(told.find("p", ALICE))
        .extracting(ManagedKey::status)
        .containsExactly(KeyStatus.DISABLED);
    assertThat(told.find("p", BOB)).extracting(ManagedKey::cooldownUntil).containsExactly(SOON);
  }

  @Test
  void endWithACursorThatLosesNoChange() throws Exception {
    stored(key(ALICE).build());
    Snapshot told = taken();
    try (KeyStore store = open()) {
      execute("update api_keys set updated_at = updated_at - interval '1' hour");
      assertThat(store.changes(told.cursor()).keys()).isEmpty();

      store.mark(ALICES, 1, KeyStatus.INVALID, null, "dead");
      Changes changes = store.changes(told.cursor());
      assertThat(changes.keys()).extracting(ManagedKey::status).containsExactly(KeyStatus.INVALID);
    }
  }

  @Test
  void holdNoMoreOnceSomebodyChangedTheTable() throws Exception {
    stored(key(ALICE).build());
    execute("update api_keys set status = 'paused', updated_at = current_timestamp");
    assertThat(snapshot()).isNull();
  }

  @Test
  void holdNoMoreOnceTheDatabasesFileIsAnother() throws Exception {
    stored(key(ALICE).build());
    Path database = file("keys.mv.db");
    FileTime before = Files.getLastModifiedTime(database);
    byte[] bytes = Files.readAllBytes(database);

    Files.setLastModifiedTime(database, FileTime.from(before.toInstant().plusMillis(1)));
    assertThat(snapshot()).isNull();
    Files.setLastModifiedTime(database, before);
    assertThat(snapshot()).isNotNull();

    Files.write(database, Arrays.copyOf(bytes, bytes.length + 1));
    Files.setLastModifiedTime(database, before);
    assertThat(snapshot()).isNull();
    Files.write(database, bytes);
    Files.setLastModifiedTime(database, before);
    assertThat(snapshot()).isNotNull();

    Path restored = Files.write(file("restored"), bytes);
    Files.setLastModifiedTime(restored, before);
    Files.move(restored, database, StandardCopyOption.REPLACE_EXISTING);
    assertThat(snapshot()).isNull();
  }

  /** Where a process closes any file, its POSIX locks on it are gone: those of the database. */
  @Test
  void areLookedForWithoutOpeningTheDatabasesFile() throws Exception {
    assumeTrue(Files.exists(LOCKS), "the kernel lists no locks");
    stored(key(ALICE).build());
    try (KeyStore store = open()) {
      assertThat(locked()).isTrue();
      byte[] rows = "latchkey-rows-1 none\nrows".getBytes(StandardCharsets.UTF_8);
      Files.write(file(), rows);
      assertThat(snapshot()).isNull();
      assertThat(store.list("p", null, 10)).hasSize(1);
      assertThat(locked()).isTrue();
    }
  }

  private boolean locked() throws IOException {
    Object inode = Files.getAttribute(file("keys.mv.db"), "unix:ino");
    return Files.readAllLines(LOCKS).stream().anyMatch(l -> l.contains(":" + inode + " "));
  }

  @Test
  void areGoneAsSoonAsSomebodyIsConnected() throws Exception {
    stored(key(ALICE).build());
    LastRows last = LastRows.in(folder.resolve("h2"));
    Path begun = last.begin();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(begun)))
        .isEqualTo("rw-------");
    execute("select 1");
    assertThat(file()).doesNotExist();
    assertThatThrownBy(() -> last.keep(begun, "rows")).isInstanceOf(NoSuchFileException.class);
    assertThat(file()).doesNotExist();
  }

  @Test
  void holdNotWhileSomebodyHasTheTableOpen() throws IOException {
    stored(key(ALICE).build());
    assertThat(snapshot()).isNotNull();
    Path lock = Files.createFile(file("keys.lock.db"));
    assertThat(snapshot()).isNull();
    Files.delete(lock);
    assertThat(snapshot()).isNotNull();
  }

  @Test
  void areKeptByWhoClosesTheDatabaseAlone() throws Exception {
    KeyStore first = open();
    KeyStore second = open();
    first.add(key(ALICE).build());
    first.close();
    assertThat(file()).doesNotExist();
    second.add(key(BOB).build());
    second.close();
    second.close();
    assertThat(taken().find("p", BOB)).hasSize(1);
    assertThat(taken().find("p", ALICE)).hasSize(1);

    try (Connection other = H2Database.of(settings(JdbcStoreContract.SEALER)).getConnection()) {
      open().close();
      assertThat(file()).doesNotExist();
      assertThat(other.isValid(1)).isTrue();
    }
  }

  @Test
  void areKeptWhenTheDatabaseIsLetGoForIdleness() throws Exception {
    stored(key(ALICE).build());
    Files.delete(file());
    Database database = H2Database.of(settings(JdbcStoreContract.SEALER));
    Farewell farewell = new Farewell(database, JdbcStoreContract.SEALER);
    try (Pool pool = Pool.open(database, 2, Duration.ofSeconds(1), farewell)) {
      pool.take().close();
      Crowd.await("they are kept", 10, () -> snapshot() != null);
      assertThat(taken().find("p", ALICE)).hasSize(1);
      byte[] kept = Files.readAllBytes(file());

      try (Connection inUse = pool.take()) {
        assertThat(inUse.isValid(1)).isTrue();
        assertThat(file()).doesNotExist();
      }
      Crowd.await("they are kept again", 10, () -> snapshot() != null);
      pool.close();
      assertThat(Files.readAllBytes(file())).isNotEqualTo(kept);
      assertThat(taken().find("p", ALICE)).hasSize(1);
    }
  }

  @Test
  void areNoneWhereTheTableAloneCanTell() {
    stored(key(ALICE).build());
    Sealer another = Keysets.ofText(Keysets.generate(), "another keyset");
    Snapshot sealed = Objects.requireNonNull(provider().snapshot(settings(another)));
    assertThat(sealed.find("p", ALICE)).isNull();
    assertThat(sealed.find("p", BOB)).isEmpty();

    provider().open(settings(another)).close();
    assertThat(file()).doesNotExist();
  }

  private static JdbcKeyStoreProvider provider() {
    return new JdbcKeyStoreProvider();
  }

  @Test
  void holdNoSecretAndAreTheOwnersAlone() throws Exception {
    stored(key(ALICE).build());
    String text = new String(Files.readAllBytes(file()), StandardCharsets.UTF_8);
    assertThat(text).doesNotContain(TEXT).doesNotContain(RowText.text(TEXT).substring(3, 12));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    try (Stream<Path> all = Files.list(folder.resolve("h2"))) {
      assertThat(all.map(p -> p.getFileName().toString()))
          .containsExactlyInAnyOrder("keys.mv.db", "keys.rows", "password");
    }
  }

  @Test
  void areNotBelievedWhereTheFileIsDamaged() throws Exception {
    stored(key(ALICE).build());
    byte[] whole = Files.readAllBytes(file());
    Random random = new Random(11);
    for (int i = 0; i < 500; i++) {
      byte[] damaged = Arrays.copyOf(whole, whole.length - (i % 5 == 0 ? 1 + i / 5 : 0));
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(7));
      Files.write(file(), damaged);
      assertThat(snapshot()).as("change " + i).isNull();
    }
    Files.write(file(), new byte[0]);
    assertThat(snapshot()).isNull();
    Files.write(file(), whole);
    assertThat(snapshot()).isNotNull();
  }

  @Test
  void ofManyAreNotKept() {
    try (KeyStore store = open()) {
      for (int i = 0; i <= RowSnapshot.MOST; i++) store.add(key(Owner.of("u" + i)).build());
    }
    assertThat(file()).doesNotExist();
  }

  @Test
  void ofOtherDatabasesAreNone() {
    assertThat(
            provider()
                .snapshot(
                    StoreSettings.of(
                        "jdbc:h2:mem:x",
                        null,
                        null,
                        false,
                        () -> JdbcStoreContract.SEALER,
                        TimeSource.system())))
        .isNull();
  }
}
