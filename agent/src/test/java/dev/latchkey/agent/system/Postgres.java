package dev.latchkey.agent.system;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL server that can be stopped and started again, at the same port with the same
 * data. Safe for use by many threads.
 */
final class Postgres implements AutoCloseable {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static Postgres shared;

  private final Path data;
  private int port;
  private EmbeddedPostgres server;

  private Postgres(Path data) {
    this.data = data;
  }

  /** A server for tests that do not stop it; it ends with the JVM. */
  static synchronized Postgres shared() throws IOException {
    if (shared == null) shared = start();
    return shared;
  }

  /** A server of one's own. */
  static Postgres start() throws IOException {
    Path folder = Fleet.newFolder("postgres");
    Postgres postgres = new Postgres(folder.resolve("data"));
    postgres.begin();
    return postgres;
  }

  /** Starts it again after {@link #stop}. */
  synchronized void begin() throws IOException {
    Files.createDirectories(data);
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log()))
            .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log()));
    if (port != 0) builder.setPort(port);
    server = builder.start();
    port = server.getPort();
  }

  private java.io.File log() {
    return data.resolveSibling("postgres.log").toFile();
  }

  /** Takes it away, its connections with it. */
  synchronized void stop() throws IOException {
    server.close();
  }

  /** A new, empty database. */
  Database database() throws SQLException {
    String name = "fleet_" + NUMBER.incrementAndGet();
    execute("postgres", "create database " + name);
    return new Database(name);
  }

  /** A new user who has to show a password, unlike the others. */
  synchronized void createUser(String user, String password) throws Exception {
    execute("postgres", "create role " + user + " login superuser password '" + password + "'");
    Path rules = data.resolve("pg_hba.conf");
    List<String> lines = new ArrayList<>(Files.readAllLines(rules));
    lines.add(0, "host all " + user + " all scram-sha-256");
    // At once: somebody else may make the server read it just now.
    Path next = Files.write(data.resolve("pg_hba.next"), lines);
    Files.move(next, rules, StandardCopyOption.ATOMIC_MOVE);
    execute("postgres", "select pg_reload_conf()");
  }

  /** Lets nobody write, or everybody again; connections stay. For a server of one's own. */
  void makeReadOnly(boolean readOnly) throws SQLException {
    String value = readOnly ? "on" : "off";
    execute("postgres", "alter system set default_transaction_read_only = " + value);
    execute("postgres", "select pg_reload_conf()");
  }

  private String url(String database) {
    return "jdbc:postgresql://localhost:" + port + "/" + database;
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(url(database), "postgres", "");
  }

  private void execute(String database, String sql) throws SQLException {
    try (Connection c = connect(database);
        Statement s = c.createStatement()) {
      s.execute(sql);
    }
  }

  @Override
  public void close() throws IOException {
    stop();
    Fleet.deleteAll(data);
  }

  /** One database on the server. */
  final class Database {
    private final String name;

    private Database(String name) {
      this.name = name;
    }

    String name() {
      return name;
    }

    String url() {
      return Postgres.this.url(name);
    }

    /** What is in it. */
    Tables tables() {
      return Tables.of(() -> connect(name));
    }
  }
}
