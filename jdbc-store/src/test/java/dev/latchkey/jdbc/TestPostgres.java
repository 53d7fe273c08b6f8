package dev.latchkey.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A real PostgreSQL for tests, one for each JVM, with binaries from Maven Central; it also starts
 * when the user is root, as long as user namespaces are allowed. The system property or environment
 * variable {@code TEST_PG_URL} (a JDBC URL with user and password of somebody who may create
 * databases) names a server to use instead; that one is never stopped.
 */
public final class TestPostgres {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static @Nullable TestPostgres shared;

  private final @Nullable String givenUrl;
  private final int port;
  private final Path folder;
  private @Nullable EmbeddedPostgres server;

  private TestPostgres(@Nullable String givenUrl) throws IOException {
    this.givenUrl = givenUrl;
    port = givenUrl == null ? freePort() : 0;
    folder = Files.createTempDirectory("latchkey-postgres");
    start();
    Runtime.getRuntime().addShutdownHook(new Thread(this::end));
  }

  /** This JVM's server, started on first use; skips the test, with the reason, if it cannot be. */
  public static synchronized TestPostgres shared() {
    if (shared != null) return shared;
    try {
      shared = new TestPostgres(given());
    } catch (IOException | RuntimeException e) {
      Assumptions.abort("no PostgreSQL starts here (" + e + "); set TEST_PG_URL to a server");
    }
    return shared;
  }

  private static @Nullable String given() {
    String property = System.getProperty("TEST_PG_URL");
    return property != null ? property : System.getenv("TEST_PG_URL");
  }

  /** The JDBC URL, with user and password, of a new and empty database. */
  public String newDatabase() {
    String name = "latchkey_" + ProcessId.text() + "_" + NUMBER.incrementAndGet();
    execute("create database " + name);
    return url(name);
  }

  /** Runs one statement in the server's own database, as its superuser. */
  public void execute(String sql) {
    try (Connection connection = DriverManager.getConnection(url("postgres"));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** Makes a user who needs this password; skips the test if the server is not ours. */
  void requirePassword(String user, String password) throws IOException {
    Assumptions.assumeTrue(givenUrl == null, "the server of TEST_PG_URL is not ours to configure");
    Path rules = folder.resolve("data").resolve("pg_hba.conf");
    String rule = "host all " + user + " 127.0.0.1/32 scram-sha-256\n";
    String before = new String(Files.readAllBytes(rules), UTF_8);
    Files.write(rules, (rule + before).getBytes(UTF_8));
    execute("create role " + user + " login password '" + password + "'");
    execute("select pg_reload_conf()");
  }

  /** Where the server keeps everything, its write-ahead log too; skips the test if not ours. */
  Path dataFolder() {
    Assumptions.assumeTrue(givenUrl == null, "the files of TEST_PG_URL's server are not here");
    return folder.resolve("data");
  }

  /** Stops the server; skips the test if it is not ours. */
  public synchronized void stop() {
    Assumptions.assumeTrue(givenUrl == null, "the server of TEST_PG_URL is not ours to stop");
    close();
  }

  /** Starts the server again, on the same port with the same data; nothing if it runs. */
  public synchronized void start() {
    if (givenUrl != null || server != null) return;
    try {
      server =
          EmbeddedPostgres.builder()
              .setPort(port)
              .setDataDirectory(new File(folder.toFile(), "data"))
              .setCleanDataDirectory(false)
              // Nothing here outlives a crash of the machine.
              .setServerConfig("fsync", "off")
              .setPGStartupWait(Duration.ofSeconds(60))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Such as 54321; 0 if the server is not ours. */
  public int port() {
    return port;
  }

  private String url(String database) {
    if (givenUrl == null) {
      return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=postgres";
    }
    return givenUrl.replaceFirst("(jdbc:postgresql://[^/?]*)(/[^?]*)?", "$1/" + database);
  }

  private synchronized void close() {
    EmbeddedPostgres running = server;
    server = null;
    if (running == null) return;
    try {
      running.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void end() {
    close();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }
}
