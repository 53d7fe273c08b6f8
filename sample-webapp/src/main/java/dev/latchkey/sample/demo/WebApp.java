package dev.latchkey.sample.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The sample application on Tomcat in a JVM of its own, with Latchkey's agent. */
final class WebApp implements AutoCloseable {
  private static final int START_SECONDS = 60;
  private static final int STOP_SECONDS = 10;

  private final Process process;
  private final EventLog events;
  private final int port;

  private WebApp(Process process, EventLog events, int port) {
    this.process = process;
    this.events = events;
    this.port = port;
  }

  /**
   * Starts it and waits until it serves.
   *
   * @throws IOException if it does not within a minute; says where its log is
   */
  static WebApp start(Workspace workspace, Setup setup) throws IOException {
    Path folder = workspace.folder(setup.name());
    Process process =
        Jvm.command(folder, setup.environment(), arguments(workspace, setup, folder)).start();
    EventLog events = new EventLog();
    Path log = folder.resolve("application.log");
    LineReader.start(process.getErrorStream(), log, events::offer, () -> {});
    CompletableFuture<Integer> port = new CompletableFuture<>();
    LineReader.start(
        process.getInputStream(),
        folder.resolve("output.log"),
        line -> ready(line, port),
        () -> port.cancel(false));
    return new WebApp(process, events, await(port, process, log));
  }

  private static List<String> arguments(Workspace workspace, Setup setup, Path folder)
      throws IOException {
    Path tomcat = workspace.folder(setup.name() + "-tomcat");
    List<String> arguments = new ArrayList<>(setup.jvmArguments(workspace.agent()));
    arguments.addAll(Jvm.networkFlags());
    arguments.addAll(
        Arrays.asList(
            "-Xmx256m",
            // It lives for seconds: what is compiled well comes too late.
            "-XX:TieredStopAtLevel=1",
            "-Djava.io.tmpdir=" + workspace.folder("temporary"),
            "-Dassistant.base-url=" + setup.baseUrl(),
            "-cp",
            Jvm.classPath(),
            WebServer.class.getName(),
            workspace.war().getPath(),
            tomcat.toString()));
    return arguments;
  }

  private static void ready(String line, CompletableFuture<Integer> port) {
    if (line.startsWith(WebServer.READY)) {
      port.complete(Integer.valueOf(line.substring(WebServer.READY.length())));
    }
  }

  private static int await(CompletableFuture<Integer> port, Process process, Path log)
      throws IOException {
    try {
      return port.get(START_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException
        | ExecutionException
        | TimeoutException
        | CancellationException e) {
      process.destroyForcibly();
      throw new IOException("the web application did not start; its log: " + log, e);
    }
  }

  /** Its root without a slash at the end. */
  String url() {
    return "http://127.0.0.1:" + port;
  }

  EventLog events() {
    return events;
  }

  boolean isRunning() {
    return process.isAlive();
  }

  /** Asks it to stop by ending its input, and ends it if it has not within ten seconds. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) return;
    } catch (IOException e) {
      // Then it has ended already.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
