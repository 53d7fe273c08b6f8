package dev.latchkey.sample.demo;

import dev.latchkey.sample.simulator.Exchange;
import dev.latchkey.sample.simulator.Simulator;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** The simulator, the application and its visitor. Used by one thread, but for questions. */
final class Stage implements AutoCloseable {
  private final Workspace workspace;
  private final Simulator simulator;
  private final Setup first;
  private Setup setup;
  private WebApp app;
  private Browser visitor;

  private Stage(Workspace workspace, Simulator simulator, Setup setup, WebApp app) {
    this.workspace = workspace;
    this.simulator = simulator;
    this.first = setup;
    this.setup = setup;
    this.app = app;
    this.visitor = new Browser(app.url());
  }

  /** Starts the application over an empty store. */
  static Stage open(Workspace workspace, Simulator simulator) throws IOException {
    // Whoever plays with --serve lets the key expire more than three times an hour.
    Setup setup = setup(workspace, simulator, "application", "renewal-budget: 100");
    return new Stage(workspace, simulator, setup, WebApp.start(workspace, setup));
  }

  private static Setup setup(Workspace workspace, Simulator simulator, String name, String... extra)
      throws IOException {
    return Setup.create(
        workspace, name, "app", simulator.baseUrl(), simulator.managementKey(), extra);
  }

  /** Puts another application with an empty store of its own in place of the first. */
  void replace(String name, String... extra) throws IOException {
    app.close();
    setup = setup(workspace, simulator, name, extra);
    start();
  }

  /** Goes back to the first application, with the store it had. */
  void backToFirst() throws IOException {
    app.close();
    setup = first;
    start();
  }

  private void start() throws IOException {
    app = WebApp.start(workspace, setup);
    visitor = new Browser(app.url());
  }

  Workspace workspace() {
    return workspace;
  }

  Simulator simulator() {
    return simulator;
  }

  /** The installation the story began with. */
  Setup first() {
    return first;
  }

  WebApp app() {
    return app;
  }

  Browser visitor() {
    return visitor;
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
