package dev.latchkey.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.store.StoreSettings;
import dev.latchkey.core.time.TimeSource;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.engine.Database;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransactorTest {
  private static final int CLOSED_AT_EXIT = 90121;

  @TempDir Path folder;
  private Transactor transactor;

  @BeforeEach
  void open() {
    StoreSettings settings =
        StoreSettings.of(
            "h2:" + folder,
            null,
            null,
            false,
            () -> {
              throw new AssertionError("nothing is sealed here");
            },
            TimeSource.system());
    dev.latchkey.jdbc.Database database = H2Database.of(settings);
    transactor = Transactor.open(database, false, new Farewell(database, JdbcStoreContract.SEALER));
  }

  @AfterEach
  void close() {
    transactor.close();
  }

  @Test
  void workWhoseConnectionDiedInATransactionIsDoneOnAnother() {
    AtomicInteger tries = new AtomicInteger();
    int answer =
        transactor.write(
            "dying once",
            c -> {
              if (tries.incrementAndGet() == 1) {
                throw new SQLException("closed", "90121", CLOSED_AT_EXIT);
              }
              return 42;
            });
    assertThat(answer).isEqualTo(42);
    assertThat(tries).hasValue(2);
  }

  /** H2's hook would run beside ours, which has the last counts to write. */
  @Test
  void itIsNotForH2ToCloseTheDatabaseAtTheEndOfTheJvm() throws Exception {
    Database open = transactor.read("looking inside", TransactorTest::database);
    Field field = Class.forName("org.h2.engine.OnExitDatabaseCloser").getDeclaredField("DATABASES");
    field.setAccessible(true);
    assertThat(((Map<?, ?>) field.get(null)).containsKey(open)).isFalse();
  }

  private static Database database(Connection connection) throws SQLException {
    JdbcConnection h2 = connection.unwrap(JdbcConnection.class);
    return ((SessionLocal) h2.getSession()).getDatabase();
  }
}
