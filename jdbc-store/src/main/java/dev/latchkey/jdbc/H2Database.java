package dev.latchkey.jdbc;

import dev.latchkey.core.crypto.PrivateFile;
import dev.latchkey.core.key.Secret;
import dev.latchkey.core.key.SecretAccess;
import dev.latchkey.core.store.StoreException;
import dev.latchkey.core.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.util.Base64;
import java.util.Locale;
import org.h2.engine.SysProperties;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;

/**
 * H2: {@code h2:FOLDER}, the embedded database that several processes of one machine share, or any
 * {@code jdbc:h2:} URL as it is.
 */
final class H2Database {
  static final String LOOPBACK = "127.0.0.1";

  private static final String OURS = "h2:";
  private static final String PLAIN = "jdbc:h2:";
  private static final String BIND_ADDRESS = "h2.bindAddress";
  // WRITE_DELAY=0: without it H2 acknowledges commits that a kill -9 of the owning process loses.
  // OPTIMIZE_REUSE_RESULTS: H2 notes that a table has changed just before the change is visible; a
  // query asked between the two is answered from memory when it is asked again, and a renewal that
  // was done seems not to be. A user's own URL keeps H2's default: changing it takes an admin.
  private static final String PARAMETERS =
      ";WRITE_DELAY=0;LOCK_TIMEOUT=3000;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE"
          + ";DEFAULT_NULL_ORDERING=HIGH;OPTIMIZE_REUSE_RESULTS=0";
  private static final String FOLDER = "h2";
  static final String NAME = "keys";
  private static final String USER = "latchkey";

  private H2Database() {}

  static boolean accepts(String url) {
    return url.startsWith(OURS) || url.startsWith(PLAIN);
  }

  /** Whether it is our own kind of database. */
  static boolean isFolder(String url) {
    return url.startsWith(OURS);
  }

  /** What our own kind of database held when it was last closed. */
  static LastRows lastRows(String url) {
    return LastRows.in(given(url).resolve(FOLDER));
  }

  private static Path given(String url) {
    return Paths.get(url.substring(OURS.length())).toAbsolutePath().normalize();
  }

  /** Whether it is our own kind of database and its file is not there. */
  static boolean isNew(String url) {
    return isFolder(url) && !isMade(given(url));
  }

  private static boolean isMade(Path folder) {
    return Files.exists(folder.resolve(FOLDER).resolve(NAME + ".mv.db"));
  }

  static Database of(StoreSettings settings) {
    initialise();
    String url = settings.url();
    if (url.startsWith(PLAIN)) return plain(url, settings.username(), settings.password());
    return inFolder(given(url));
  }

  private static Database plain(String url, @Nullable String user, @Nullable Secret password) {
    String name = url.substring(PLAIN.length()).replaceAll(";.*", "");
    // Our SQL needs that mode; whatever else the URL leaves out is H2's default.
    boolean namesMode = url.toUpperCase(Locale.ROOT).contains(";MODE=");
    String full = namesMode ? url : url + ";MODE=PostgreSQL";
    return database(full, "H2 at " + name, user, password, null);
  }

  private static Database inFolder(Path folder) {
    if (folder.toString().indexOf(';') >= 0) {
      throw new StoreException("H2 allows no semicolon in a folder's name: " + folder);
    }
    // A folder of its own: the given one may be shared with other files and other users.
    Path own = privateFolder(folder.resolve(FOLDER));
    String password =
        PrivateFile.of(own.resolve("password"), "password file of the H2 database", "store.url")
            .readOrMake(H2Database::randomPassword);
    String url = PLAIN + "file:" + own.resolve(NAME) + sharing() + PARAMETERS;
    // H2's lock file, by which they tell that somebody is at work, is there for sharing only.
    LastRows last = sharing().isEmpty() ? null : LastRows.in(own);
    return database(url, "H2 in " + folder, USER, Secret.of(password), last)
        .ofOurs(isMade(folder), last);
  }

  /** Several processes share the file only where that opens no port to the network. */
  private static String sharing() {
    return LOOPBACK.equals(SysProperties.BIND_ADDRESS) ? ";AUTO_SERVER=TRUE" : "";
  }

  private static Database database(
      String url,
      String description,
      @Nullable String user,
      @Nullable Secret password,
      @Nullable LastRows last) {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL(url);
    if (user != null) source.setUser(user);
    if (password != null) source.setPassword(password.reveal(SecretAccess.granted()));
    if (Database.isOurCopy(JdbcDataSource.class)) org.h2.Driver.unload();
    return new Database(
        Dialect.H2,
        description,
        () -> {
          Connection connection = source.getConnection();
          boolean here = H2Exit.leaveToUs(connection);
          if (last != null) last.connected(here);
          return connection;
        });
  }

  /**
   * H2 reads the address its server listens on once, when it is loaded, and listens on all networks
   * without it. The property is the whole JVM's, so it is put back at once: the application may run
   * an H2 of its own. The lock is the whole JVM's, too: agent and filter bring a copy of us each.
   */
  @SuppressWarnings("LockOnNonEnclosingClassLiteral")
  private static void initialise() {
    synchronized (System.class) {
      String before = System.getProperty(BIND_ADDRESS);
      System.setProperty(BIND_ADDRESS, LOOPBACK);
      try {
        Class.forName(SysProperties.class.getName(), true, H2Database.class.getClassLoader());
      } catch (ClassNotFoundException e) {
        throw new StoreException("the H2 database is not part of this build", e);
      } finally {
        if (before == null) {
          System.clearProperty(BIND_ADDRESS);
        } else {
          System.setProperty(BIND_ADDRESS, before);
        }
      }
    }
  }

  private static Path privateFolder(Path folder) {
    try {
      boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
      if (!posix) return Files.createDirectories(folder);
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new StoreException(
          "the folder of the H2 database cannot be made ("
              + e
              + "); set store.url to h2:FOLDER"
              + " with a folder that this process's user may write",
          e);
    }
  }

  private static String randomPassword() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
