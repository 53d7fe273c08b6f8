package dev.latchkey.sample.demo;

import dev.latchkey.sample.simulator.Exchange;
import dev.latchkey.sample.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The simulator, the application and its visitors. Used by one thread, but for questions. */
final class Stage implements AutoCloseable {
  private final Workspace workspace;
  private final Simulator simulator;
  private final Setup setup;
  private final Path keyFile;
  private WebApp app;
  private Browser ada;
  private Browser grace;
  private Browser alan;

  private Stage(Workspace workspace, Simulator simulator, Setup setup, Path keyFile, WebApp app) {
    this.workspace = workspace;
    this.simulator = simulator;
    this.setup = setup;
    this.keyFile = keyFile;
    this.app = app;
    this.ada = new Browser(app.url());
    this.grace = new Browser(app.url());
    this.alan = new Browser(app.url());
  }

  /** Starts the application over an empty store. */
  static Stage open(Workspace workspace, Simulator simulator) throws IOException {
    Path keyFile = workspace.folder("operator").resolve("key.txt");
    Setup setup =
        Setup.create(
            workspace,
            "application",
            "app",
            simulator.baseUrl(),
            simulator.managementKey(),
            "key-file: '" + keyFile + "'",
            // Whoever plays with --serve lets the key expire more than three times an hour.
            "renewal-budget: 100");
    return new Stage(workspace, simulator, setup, keyFile, WebApp.start(workspace, setup));
  }

  /** Stops the application and starts it anew over the store it had; nobody is logged in. */
  void restart() throws IOException {
    app.close();
    app = WebApp.start(workspace, setup);
    ada = new Browser(app.url());
    grace = new Browser(app.url());
    alan = new Browser(app.url());
  }

  Workspace workspace() {
    return workspace;
  }

  Simulator simulator() {
    return simulator;
  }

  Setup setup() {
    return setup;
  }

  /** Where an operator may put a key. */
  Path keyFile() {
    return keyFile;
  }

  WebApp app() {
    return app;
  }

  Browser ada() {
    return ada;
  }

  Browser grace() {
    return grace;
  }

  Browser alan() {
    return alan;
  }

  EventLog events() {
    return app.events();
  }

  /** What happened before does not count. */
  void forget() {
    simulator.takeTraffic();
    app.events().take();
  }

  static List<Exchange> chats(List<Exchange> traffic) {
    return traffic.stream().filter(Exchange::isChat).collect(Collectors.toList());
  }

  static long provisionings(List<Exchange> traffic) {
    return traffic.stream().filter(Exchange::isProvisioning).count();
  }

  static List<Exchange> answered(int status, List<Exchange> traffic) {
    return traffic.stream().filter(e -> e.status() == status).collect(Collectors.toList());
  }

  static List<Integer> statuses(List<Exchange> traffic) {
    return traffic.stream().map(Exchange::status).collect(Collectors.toList());
  }

  @Override
  public void close() {
    app.close();
    simulator.close();
  }
}
