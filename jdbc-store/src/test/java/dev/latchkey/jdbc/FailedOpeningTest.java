package dev.latchkey.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.store.StoreException;
import dev.latchkey.core.store.StoreSettings;
import dev.latchkey.core.time.TimeSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that cannot be opened is tried again every second, so it must leave nothing open. */
class FailedOpeningTest {
  @TempDir Path folder;

  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();

  @Test
  void closesTheConnectionThatFoundTheTablesWhereThePoolCannotTakeIt() {
    StoreSettings settings =
        StoreSettings.of(
            "h2:" + folder, null, null, false, () -> JdbcStoreContract.SEALER, TimeSource.system());
    Database real = H2Database.of(settings);
    JdbcKeyStoreProvider.open(real, JdbcStoreContract.SEALER, settings).close();
    Database once = new Database(Dialect.H2, "a test's", () -> onlyOne(real));

    assertThatThrownBy(() -> JdbcKeyStoreProvider.open(once, JdbcStoreContract.SEALER, settings))
        .isInstanceOf(StoreException.class);

    assertThat(asked.get()).isPositive();
    assertThat(closed).hasValue(1);
  }

  private Connection onlyOne(Database real) throws SQLException {
    if (asked.incrementAndGet() > 1) throw new SQLException("no more", "08001");
    Connection connection = real.getConnection();
    Class<?>[] types = {Connection.class};
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            types,
            (proxy, method, arguments) -> {
              // What a pool meets whose jar was taken away, and does not expect.
              if (method.getName().equals("isValid")) throw new NoClassDefFoundError("taken away");
              if (method.getName().equals("close")) closed.incrementAndGet();
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
