package dev.latchkey.jdbc;

import dev.latchkey.core.crypto.KeysetException;
import dev.latchkey.core.crypto.Sealer;
import dev.latchkey.core.store.KeyStore;
import dev.latchkey.core.store.KeyStoreProvider;
import dev.latchkey.core.store.Snapshot;
import dev.latchkey.core.store.StoreException;
import dev.latchkey.core.store.StoreSettings;
import java.nio.file.InvalidPathException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens key stores on {@code jdbc:postgresql:...}, {@code jdbc:h2:...} and {@code h2:FOLDER} (the
 * embedded database in that folder), or over a container's {@code DataSource}. Opening asks the
 * sealer for its keyset, reaches the database and brings its tables up to date; what was opened for
 * a failed attempt is let go again.
 */
public final class JdbcKeyStoreProvider implements KeyStoreProvider {

  /** For {@link java.util.ServiceLoader}. */
  public JdbcKeyStoreProvider() {}

  @Override
  public boolean accepts(String url) {
    return PostgresDatabase.accepts(url)
        || H2Database.accepts(url)
        || ContainerDatabase.accepts(url);
  }

  @Override
  public boolean isNew(String url) {
    return H2Database.isNew(url);
  }

  @Override
  public @Nullable Snapshot snapshot(StoreSettings settings) {
    if (!H2Database.isFolder(settings.url())) return null;
    return withOurClasses(() -> H2Database.lastRows(settings.url()).read(settings.sealer()));
  }

  @Override
  public KeyStore open(StoreSettings settings) {
    return withOurClasses(
        () -> {
          Sealer sealer = settings.sealer().get();
          return open(database(settings), sealer, settings);
        });
  }

  /** Drivers and Flyway look for classes through the thread, which is the application's. */
  private static <T extends @Nullable Object> T withOurClasses(Supplier<T> work) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(JdbcKeyStoreProvider.class.getClassLoader());
    try {
      return work.get();
    } catch (KeysetException e) {
      throw new StoreException(String.valueOf(e.getMessage()), e);
    } catch (InvalidPathException e) {
      throw new StoreException("store.url names no folder: " + e.getMessage(), e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  static KeyStore open(Database database, Sealer sealer, StoreSettings settings) {
    Connection first = Migrations.run(database, settings.makesTables());
    try {
      return JdbcKeyStore.open(database.startingWith(first), sealer, settings);
    } catch (RuntimeException | Error e) {
      close(first);
      throw e;
    }
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // It is gone either way, and why the store could not be opened is what counts.
    }
  }

  private static Database database(StoreSettings settings) {
    String url = settings.url();
    if (PostgresDatabase.accepts(url)) return PostgresDatabase.of(settings);
    if (H2Database.accepts(url)) return H2Database.of(settings);
    if (ContainerDatabase.accepts(url)) return ContainerDatabase.of(settings);
    throw new StoreException(
        "store.url must start with jdbc:postgresql:, jdbc:h2: or h2: and does not: "
            + url.replaceAll("[^a-z0-9:].*", "..."));
  }
}
