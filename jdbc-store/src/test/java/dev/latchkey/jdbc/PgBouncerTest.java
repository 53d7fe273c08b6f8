package dev.latchkey.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.core.store.Crowd;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole contract, migrations included, through PgBouncer in transaction mode: each transaction
 * may meet another server connection. The program is the one that the system property or
 * environment variable {@code LATCHKEY_TEST_PGBOUNCER} names, else an installed one; skipped where
 * there is neither.
 */
class PgBouncerTest extends TableContract {
  @TempDir static Path folder;
  private static String url = "";
  private static @Nullable Process bouncer;

  @BeforeAll
  static void start() throws Exception {
    String program = program();
    Assumptions.assumeTrue(
        program != null, "no pgbouncer is installed here, and LATCHKEY_TEST_PGBOUNCER names none");
    TestPostgres postgres = TestPostgres.shared();
    Assumptions.assumeTrue(postgres.port() != 0, "TEST_PG_URL's server may want passwords");
    String direct = postgres.newDatabase();
    int port = freePort();
    bouncer = run(program, configuration(postgres.port(), port));
    Crowd.await("PgBouncer listens", 20, () -> listens(port));
    url = direct.replaceFirst("127.0.0.1:\\d+", "127.0.0.1:" + port);
    open(url, SEALER).close();
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (bouncer == null) return;
    bouncer.destroy();
    bouncer.waitFor();
  }

  @Override
  String url() {
    return url;
  }

  @Override
  Connection connect() throws SQLException {
    return DriverManager.getConnection(url + "&prepareThreshold=0");
  }

  private static Path configuration(int postgresPort, int port) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path users = folder.resolve("users.txt");
    Files.write(users, "\"postgres\" \"\"\n".getBytes(UTF_8));
    List<String> lines =
        Arrays.asList(
            "[databases]",
            "* = host=127.0.0.1 port=" + postgresPort,
            "[pgbouncer]",
            "listen_addr = 127.0.0.1",
            "listen_port = " + port,
            "unix_socket_dir =",
            "auth_type = trust",
            "auth_file = " + users,
            "pool_mode = transaction",
            "default_pool_size = 4",
            // All four in turn: else nearly every transaction would meet the one used last.
            "min_pool_size = 4",
            "server_round_robin = 1");
    return Files.write(folder.resolve("pgbouncer.ini"), lines);
  }

  private static Process run(String program, Path configuration) throws IOException {
    List<String> command = new ArrayList<>(Arrays.asList(program, "-q"));
    // PgBouncer refuses to run as root.
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(Arrays.asList("-u", "nobody"));
    }
    command.add(configuration.toString());
    File log = new File(System.getProperty("java.io.tmpdir"), "latchkey-pgbouncer.log");
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
  }

  private static @Nullable String program() {
    String property = System.getProperty("LATCHKEY_TEST_PGBOUNCER");
    String named = property != null ? property : System.getenv("LATCHKEY_TEST_PGBOUNCER");
    return named != null ? named : onPath("pgbouncer");
  }

  private static @Nullable String onPath(String program) {
    for (String part : (System.getenv("PATH") + ":/usr/sbin").split(":")) {
      File file = new File(part, program);
      if (file.canExecute()) return file.getPath();
    }
    return null;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
