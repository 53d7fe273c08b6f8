package dev.latchkey.jdbc;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.crypto.Keysets;
import dev.latchkey.core.key.KeyEvent;
import dev.latchkey.core.key.KeyId;
import dev.latchkey.core.key.KeyStatus;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.key.Secret;
import dev.latchkey.core.store.KeyStore;
import dev.latchkey.core.store.RenewalJournal;
import dev.latchkey.core.store.StoreException;
import dev.latchkey.core.store.StoreSettings;
import dev.latchkey.core.store.Usage;
import dev.latchkey.core.time.TimeSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores a secret in every way there is, then looks for it in everything that was written. */
class CanaryTest {
  private static final String P = "openrouter";
  private static final Owner ALICE = Owner.of("alice");
  private static final KeyId ID = KeyId.own(P, ALICE);
  private static final Duration LEASE = Duration.ofMinutes(1);

  private final String canary = "sk-or-v1-canary-" + UUID.randomUUID();
  private final StringWriter said = new StringWriter();

  @TempDir Path folder;

  @Test
  void isInNoCellAndNoFileOfH2() throws Exception {
    useEverything("h2:" + folder);

    assertThat(cells(H2Database.of(settings("h2:" + folder)))).doesNotContain(canary);
    assertNowhereIn(folder);
  }

  @Test
  void isInNoCellAndNoFileOfPostgres() throws Exception {
    String url = TestPostgres.shared().newDatabase();
    useEverything(url);

    assertThat(cells(PostgresDatabase.of(settings(url)))).doesNotContain(canary);
    TestPostgres.shared().execute("checkpoint");
    assertNowhereIn(TestPostgres.shared().dataFolder());
  }

  private void useEverything(String url) throws IOException {
    try (KeyStore store = new JdbcKeyStoreProvider().open(settings(url))) {
      say(store.add(key(1)));
      say(store.add(key(1)));
      say(store.mark(ID, 1, KeyStatus.INVALID, null, "refused " + key(1)));
      RenewalJournal journal = store.renewals();
      RenewalJournal.Attempt attempt = journal.begin(ID, P, ALICE, 1, "name", LEASE).get();
      say(journal.minted(attempt, "hash"));
      say(journal.activate(attempt, key(2), "old-hash", LEASE));
      say(attempt);
      store.append(
          Collections.singletonList(
              KeyEvent.of(
                  Instant.now(), KeyEvent.Type.RENEWED, P, ALICE, key(2).mask(), "" + key(2))));
      store.count(
          Collections.singletonList(Usage.of(ID, ALICE, LocalDate.now(), 1, 1, Instant.now())));
      say(store.find(P, ALICE));
      say(store.describe());
      failInEveryWay(store);
    }
    assertThat(said.toString()).contains("****").doesNotContain(canary);
    assertNowhereIn(Paths.get(System.getProperty("org.slf4j.simpleLogger.logFile")));
  }

  private void failInEveryWay(KeyStore store) {
    Owner tooLong = Owner.of("too-long");
    char[] giant = new char[70_000];
    java.util.Arrays.fill(giant, 'x');
    String secret = canary + new String(giant);
    try {
      store.add(
          ManagedKey.builder(KeyId.own(P, tooLong), P, tooLong).secret(Secret.of(secret)).build());
      throw new AssertionError("a secret that no column holds was stored");
    } catch (StoreException e) {
      e.printStackTrace(new PrintWriter(said));
    }
    store.close();
    try {
      store.add(key(1));
      throw new AssertionError("a closed store stored a key");
    } catch (StoreException e) {
      e.printStackTrace(new PrintWriter(said));
    }
  }

  private String cells(Database database) throws SQLException {
    StringBuilder out = new StringBuilder();
    try (Connection c = database.getConnection();
        Statement s = c.createStatement()) {
      for (String table : new String[] {"api_keys", "key_events", "key_usage", "key_renewals"}) {
        try (ResultSet row = s.executeQuery("select * from " + table)) {
          int columns = row.getMetaData().getColumnCount();
          while (row.next()) {
            for (int i = 1; i <= columns; i++) out.append(row.getString(i)).append('\n');
          }
        }
      }
    }
    assertThat(out).contains("****", "v1.", "renewed", canary.substring(canary.length() - 4));
    return out.toString();
  }

  private void assertNowhereIn(Path root) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(root)) {
      files = walk.filter(Files::isRegularFile).collect(Collectors.toList());
    }
    assertThat(files).isNotEmpty();
    for (Path file : files) {
      for (Charset charset : new Charset[] {UTF_8, UTF_16LE}) {
        assertThat(holds(file, canary.getBytes(charset))).as(file.toString()).isFalse();
      }
    }
  }

  private static boolean holds(Path file, byte[] wanted) throws IOException {
    byte[] all;
    try {
      all = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return false;
    }
    for (int i = 0; i + wanted.length <= all.length; i++) {
      int k = 0;
      while (k < wanted.length && all[i + k] == wanted[k]) k++;
      if (k == wanted.length) return true;
    }
    return false;
  }

  private ManagedKey key(long generation) {
    return ManagedKey.builder(ID, P, ALICE)
        .secret(Secret.of(canary))
        .generation(generation)
        .build();
  }

  private static StoreSettings settings(String url) {
    return StoreSettings.of(
        url,
        null,
        null,
        false,
        () -> Keysets.ofText(KEYSET, "the test's keyset"),
        TimeSource.system());
  }

  private static final String KEYSET = Keysets.generate();

  private void say(Object what) {
    said.append(String.valueOf(what)).append('\n');
  }
}
