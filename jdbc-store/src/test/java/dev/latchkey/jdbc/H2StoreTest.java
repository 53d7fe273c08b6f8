package dev.latchkey.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.key.KeyId;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.key.Secret;
import dev.latchkey.core.store.Crowd;
import dev.latchkey.core.store.KeyStore;
import dev.latchkey.core.store.StoreException;
import dev.latchkey.core.store.StoreSettings;
import dev.latchkey.core.time.TimeSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2StoreTest extends TableContract {
  @TempDir static Path folder;
  private static Database database;
  private static Connection keepsItOpen;

  @BeforeAll
  static void makeTables() throws SQLException {
    String url = "h2:" + folder;
    open(url, SEALER).close();
    database =
        H2Database.of(StoreSettings.of(url, null, null, false, () -> SEALER, TimeSource.system()));
    keepsItOpen = database.getConnection();
  }

  @AfterAll
  static void close() throws SQLException {
    keepsItOpen.close();
  }

  /** H2's file channel closes when a thread is interrupted while it reads or writes. */
  @Test
  void anInterruptedThreadLeavesTheStoreUsable() throws Exception {
    try (KeyStore store = open()) {
      for (int round = 0; round < 5; round++) {
        String name = "round-" + round + "-";
        AtomicInteger added = new AtomicInteger();
        Thread thread = new Thread(() -> addUntilInterrupted(store, name, added));
        thread.start();
        Crowd.await("it adds", () -> added.get() >= 5);
        thread.interrupt();
        thread.join();

        Set<String> rows = new HashSet<>();
        for (ManagedKey key : store.list(null, null, 100_000)) rows.add(key.owner().id());
        for (int i = 0; i < added.get(); i++) assertThat(rows).contains(name + i);
      }
    }
  }

  private static void addUntilInterrupted(KeyStore store, String name, AtomicInteger added) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Owner owner = Owner.of(name + added.get());
        ManagedKey.Builder key = ManagedKey.builder(KeyId.own("p", owner), "p", owner);
        store.add(key.secret(Secret.of("0123456789")).build());
        added.incrementAndGet();
      }
    } catch (StoreException e) {
      // Interrupted in the middle: not acknowledged.
    }
  }

  @Override
  String url() {
    return "h2:" + folder;
  }

  @Override
  Connection connect() throws SQLException {
    return database.getConnection();
  }
}
