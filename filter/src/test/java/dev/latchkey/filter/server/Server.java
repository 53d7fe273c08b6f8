package dev.latchkey.filter.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.core.store.Crowd;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An application server in a JVM of its own, with one application at {@code /app}. */
public final class Server implements AutoCloseable {
  private static final long START_SECONDS = 120;

  private final ServerKind kind;
  private final Process process;
  private final Path base;
  private final Path log;
  private final int port;

  private Server(ServerKind kind, Process process, Path base, Path log, int port) {
    this.kind = kind;
    this.process = process;
    this.base = base;
    this.log = log;
    this.port = port;
  }

  /** Starts to describe one; its files go into that empty folder. */
  public static Plan plan(ServerKind kind, Path folder) {
    return new Plan(kind, folder);
  }

  /** The URL of a path of the application, such as {@code /login}. */
  public String url(String path) {
    return "http://127.0.0.1:" + port + "/app" + path;
  }

  /** All that the JVM has printed. */
  public String log() throws IOException {
    return new String(Files.readAllBytes(log), UTF_8);
  }

  /** Undeploys the application, deploys it anew, and comes back when {@code path} is served. */
  public void redeploy(String path) throws IOException {
    Visitor probe = Visitor.of(this);
    String before = probe.get(path).text();
    kind.distribution().deploy(base);
    Crowd.await(
        "the application is deployed again", START_SECONDS, () -> isAnother(probe, path, before));
  }

  /** A page that prints something of its class loader's own tells one deployment from the next. */
  private static boolean isAnother(Visitor probe, String path, String before) {
    try {
      Reply reply = probe.get(path);
      return reply.status() == 200 && !reply.text().equals(before);
    } catch (IOException e) {
      return false;
    }
  }

  /** How many objects of that class there are after a full collection. */
  public int instances(String type) throws Exception {
    String jcmd = Paths.get(System.getProperty("java.home"), "bin", "jcmd").toString();
    String pid = String.valueOf(Process.class.getMethod("pid").invoke(process));
    Path out = base.resolveSibling("histogram.txt");
    Process histogram =
        new ProcessBuilder(jcmd, pid, "GC.class_histogram")
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    if (!histogram.waitFor(60, TimeUnit.SECONDS)) throw new AssertionError("jcmd hangs");
    for (String line : Files.readAllLines(out)) {
      String[] words = line.trim().split("\\s+");
      if (words.length > 3 && words[3].equals(type)) return Integer.parseInt(words[1]);
    }
    return 0;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) process.destroyForcibly().waitFor();
  }

  private Server started(String path) throws IOException {
    Visitor probe = Visitor.of(this);
    try {
      Crowd.await("the server serves " + path, START_SECONDS, () -> serves(probe, path));
      return this;
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "; it printed\n" + log(), e);
    }
  }

  private boolean serves(Visitor probe, String path) {
    if (!process.isAlive()) throw new AssertionError("the server has ended");
    try {
      return probe.get(path).status() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** How to start one; used once, by one thread. */
  public static final class Plan {
    private final ServerKind kind;
    private final Path folder;
    private final List<String> jvm = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();

    private Plan(ServerKind kind, Path folder) {
      this.kind = kind;
      this.folder = folder;
    }

    /** Where to put the unpacked application before the start. */
    public Path application() {
      return kind.distribution().application(folder.resolve("base"));
    }

    /** Where the server's own files go; not all servers read more than they wrote. */
    public Path base() {
      return folder.resolve("base");
    }

    /** Options of the JVM. */
    public Plan jvm(String... options) {
      jvm.addAll(Arrays.asList(options));
      return this;
    }

    /** A variable of its environment. */
    public Plan environment(String name, String value) {
      environment.put(name, value);
      return this;
    }

    /** Writes the server's files; skips the test where it is not part of this build. */
    public Plan prepare() throws IOException {
      port = freePort();
      Files.createDirectories(base());
      kind.distribution().prepare(kind.home(), base(), port);
      Files.createDirectories(application());
      return this;
    }

    private int port;

    /** Starts it, and comes back when {@code path} is served. */
    public Server start(String path) throws IOException, InterruptedException {
      kind.distribution().deploy(base());
      Path log = folder.resolve("server.txt");
      ProcessBuilder builder =
          new ProcessBuilder(command())
              .directory(base().toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().keySet().removeIf(Plan::isForeign);
      builder.environment().put("HOME", folder.toString());
      builder.environment().putAll(environment);
      Server server = new Server(kind, builder.start(), base(), log, port);
      try {
        return server.started(path);
      } catch (Throwable fault) {
        server.close();
        throw fault;
      }
    }

    private List<String> command() {
      List<String> command = new ArrayList<>();
      command.add(kind.javaHome().resolve("bin/java").toString());
      command.add("-Xmx384m");
      command.add("-XX:TieredStopAtLevel=1");
      command.add("-Duser.home=" + folder);
      command.addAll(jvm);
      command.addAll(kind.distribution().command(kind.home(), base(), port));
      return command;
    }

    /** What is set on a developer's machine must not change what is tested. */
    private static boolean isForeign(String variable) {
      return variable.startsWith("LATCHKEY_")
          || variable.startsWith("OPEN")
          || variable.startsWith("JAVA_TOOL")
          || variable.startsWith("JDK_JAVA")
          || variable.startsWith("JETTY_")
          || variable.startsWith("CATALINA_");
    }

    private static int freePort() throws IOException {
      try (ServerSocket socket = new ServerSocket(0)) {
        return socket.getLocalPort();
      }
    }
  }
}
