package dev.latchkey.agent.system;

import dev.latchkey.agent.system.app.ShopApp;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The application in a JVM of its own. Every wait is bounded; {@link #close} ends it, whatever
 * state it is in. Safe for use by many threads.
 */
final class AppProcess implements AutoCloseable {
  /** A JVM that has just been forked on a loaded machine takes this long at most. */
  static final Duration START = Duration.ofSeconds(60);

  private static final Duration LONGEST_CALLS = Duration.ofSeconds(90);

  private final Process process;
  private final Writer in;
  private final Lines out;
  private final Lines err;
  private final String url;
  private final AtomicInteger number = new AtomicInteger();

  private AppProcess(Process process, String name, String url) {
    this.process = process;
    this.url = url;
    in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    out = Lines.of(name + "-out", process.getInputStream());
    err = Lines.of(name + "-err", process.getErrorStream());
  }

  /** Waits until {@code main} has begun. */
  AppProcess started() throws InterruptedException {
    try {
      out.await("start of main", START, line -> line.startsWith("started "));
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\nand on stderr:\n" + err.text(), e);
    }
    return this;
  }

  /** Calls by so many threads at once, each so many times, one after the other. */
  Calls call(String client, int threads, int times) throws Exception {
    return begin(client, threads, times).join();
  }

  /** One call through {@code HttpURLConnection}. */
  Calls.One call() throws Exception {
    return call("huc", 1, 1).only();
  }

  /**
   * Makes a call to nobody we know, and waits until the agent has read its settings: on a loaded
   * machine that may take longer than calls wait for it.
   */
  AppProcess opened() throws Exception {
    beginElsewhere().join();
    Eventually.within(START, "the agent is open", () -> threads().contains("latchkey-house-"));
    return this;
  }

  /** Begins a call to nobody we know; the first one makes the agent open its store. */
  Pending beginElsewhere() throws IOException {
    return begin("huc", 1, 1, url.replaceAll("/api/.*", "/elsewhere"));
  }

  /** Calls until a call succeeds, so that key and table are there. */
  AppProcess warm() throws Exception {
    Eventually.within(START, "a first answer", () -> call().status() == 200);
    return this;
  }

  /** Begins calls and returns at once. */
  Pending begin(String client, int threads, int times) throws IOException {
    return begin(client, threads, times, url);
  }

  /** Begins calls to somewhere else. */
  Pending begin(String client, int threads, int times, String url) throws IOException {
    String id = "c" + number.incrementAndGet();
    send("call " + id + " " + client + " " + threads + " " + times + " " + url);
    return new Pending(id);
  }

  private synchronized void send(String line) throws IOException {
    in.write(line + "\n");
    in.flush();
  }

  Lines out() {
    return out;
  }

  Lines err() {
    return err;
  }

  /** Ends {@code main} and answers the exit code; fails if something keeps the JVM alive. */
  int exit() throws Exception {
    send("exit");
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      throw new AssertionError("the JVM still runs 20 s after main has ended:\n" + threads());
    }
    out.awaitEnd(Duration.ofSeconds(5));
    err.awaitEnd(Duration.ofSeconds(5));
    return process.exitValue();
  }

  /** The threads of the JVM, as it prints them itself. */
  String threads() throws Exception {
    int before = out.all().size();
    signal("QUIT");
    out.await(before, "thread dump", START, line -> line.startsWith("JNI global ref"));
    List<String> all = out.all();
    return String.join("\n", all.subList(before, all.size()));
  }

  /** {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(20, TimeUnit.SECONDS)) throw new AssertionError("it survived kill -9");
  }

  /** Stops it in the middle of whatever it does. */
  void pause() throws Exception {
    signal("STOP");
  }

  /** Lets it go on. */
  void resume() throws Exception {
    signal("CONT");
  }

  private void signal(String name) throws Exception {
    // Process.pid is Java 9's; these tests never run on less, though they are compiled for 8.
    String pid = String.valueOf(Process.class.getMethod("pid").invoke(process));
    Process kill = new ProcessBuilder("kill", "-" + name, pid).inheritIO().start();
    if (kill.waitFor() != 0) throw new AssertionError("kill -" + name + " " + pid + " failed");
  }

  @Override
  public void close() throws InterruptedException {
    kill(); // It has ended then: it writes no more in the folder of its test.
  }

  /** Calls under way. */
  final class Pending {
    private final String id;

    private Pending(String id) {
      this.id = id;
    }

    /** What has come so far. */
    Calls soFar() {
      return Calls.of(out.all(), id);
    }

    /** Waits for all of them. */
    Calls join() throws InterruptedException {
      try {
        out.await("end of calls", LONGEST_CALLS, line -> line.equals("done " + id));
      } catch (AssertionError e) {
        throw new AssertionError(e.getMessage() + "\nand on stderr:\n" + err.text(), e);
      }
      return soFar();
    }
  }

  /** What a process that has ended said, and its exit code. Immutable. */
  static final class Ended {
    private final int exit;
    private final String out;
    private final String err;

    private Ended(int exit, String out, String err) {
      this.exit = exit;
      this.out = out;
      this.err = err;
    }

    int exit() {
      return exit;
    }

    String out() {
      return out;
    }

    String err() {
      return err;
    }

    @Override
    public String toString() {
      return "exit " + exit + "\n" + out + "\n" + err;
    }
  }

  /** How to start one; used once, by one thread. */
  static final class Plan {
    private final Path folder;
    private final String url;
    private final String name;
    private Path java = Jdks.ofApplications();
    private boolean agent = true;
    private String arguments = "";
    private final List<String> jvm = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();

    Plan(Path folder, String url, String name) {
      this.folder = folder;
      this.url = url;
      this.name = name;
    }

    /** On that Java rather than the tests' own. */
    Plan java(Path home) {
      java = home;
      return this;
    }

    /** Without the flag. */
    Plan withoutAgent() {
      agent = false;
      return this;
    }

    /** What stands behind the flag's {@code =}. */
    Plan arguments(String value) {
      arguments = value;
      return this;
    }

    /** Options of the JVM. */
    Plan jvm(String... options) {
      for (String option : options) jvm.add(option);
      return this;
    }

    Plan environment(String name, String value) {
      environment.put(name, value);
      return this;
    }

    /** Starts it and waits for its {@code main}. */
    AppProcess start() throws Exception {
      AppProcess app = launch();
      try {
        return app.started();
      } catch (Throwable fault) {
        app.close();
        throw fault;
      }
    }

    /** Starts it and returns at once. */
    AppProcess launch() throws Exception {
      List<String> command = new ArrayList<>();
      command.add(java.resolve("bin").resolve("java").toString());
      command.add("-Xmx128m");
      command.add("-XX:TieredStopAtLevel=1");
      command.add("-Duser.home=" + folder);
      command.addAll(jvm);
      String flag = "-javaagent:" + Fleet.agentJar() + (arguments.isEmpty() ? "" : "=" + arguments);
      if (agent) command.add(flag);
      command.add("-cp");
      command.add(Fleet.shopClassPath());
      command.add(ShopApp.class.getName());
      return new AppProcess(builder(command).start(), name, url);
    }

    /** Runs the command line instead of the application, to its end. */
    Ended command(String... words) throws Exception {
      List<String> command = new ArrayList<>();
      command.add(java.resolve("bin").resolve("java").toString());
      command.add("-Duser.home=" + folder);
      command.addAll(jvm);
      command.add("-jar");
      command.add(Fleet.agentJar().toString());
      for (String word : words) command.add(word);
      try (AppProcess app = new AppProcess(builder(command).start(), name, url)) {
        app.out.awaitEnd(START);
        app.err.awaitEnd(START);
        return new Ended(app.process.waitFor(), app.out.text(), app.err.text());
      }
    }

    private ProcessBuilder builder(List<String> command) {
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      Map<String, String> all = builder.environment();
      all.keySet().removeIf(Plan::isForeign);
      all.put("HOME", folder.toString());
      all.putAll(environment);
      return builder;
    }

    /** What is set on a developer's machine must not change what is tested. */
    private static boolean isForeign(String variable) {
      return variable.startsWith("LATCHKEY_")
          || variable.startsWith("OPEN")
          || variable.startsWith("JAVA_TOOL")
          || variable.startsWith("JDK_JAVA");
    }
  }
}
