package dev.latchkey.agent.system;

import dev.latchkey.agent.system.app.ShopApp;
import dev.latchkey.core.testkit.FakeKeysApi;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardCopyOption;
import java.security.CodeSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Applications with the packaged agent, their provider and their settings in a folder of their own;
 * {@link #close} ends all of it. Safe for use by many threads.
 */
final class Fleet implements AutoCloseable {
  /** On a loaded machine the first call of a JVM may take longer than the 15 s it should wait. */
  static final String PATIENT = "waits: {waiter: 60s}\n";

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final Path folder;
  private final KeysServer server = KeysServer.start();
  private final List<AppProcess> apps = new CopyOnWriteArrayList<>();
  private String store;
  private String more = PATIENT;
  private String openrouter = "";
  private String otherProviders = "";

  private Fleet(Path folder) {
    this.folder = folder;
    store = "h2:" + folder.resolve("store");
  }

  /** An empty one over the embedded database; its folder is new. */
  static Fleet create(String name) throws IOException {
    return new Fleet(newFolder(name));
  }

  /** A new, empty folder that the next {@code mvn clean} takes away. */
  static Path newFolder(String name) throws IOException {
    Path folder = forked().resolve(name + "-" + NUMBER.incrementAndGet());
    deleteAll(folder);
    return Files.createDirectories(folder);
  }

  private static Path forked() {
    return Paths.get(System.getProperty("latchkey.test.folder", "target/forked")).toAbsolutePath();
  }

  Fleet on(Postgres.Database database) {
    return store(database.url());
  }

  Fleet store(String url) {
    store = url;
    return this;
  }

  /** Other settings than {@link #PATIENT}, at the file's top level. */
  Fleet settings(String yaml) {
    more = yaml;
    return this;
  }

  /** More settings of the provider, in braces' syntax, such as {@code grace: 0s}. */
  Fleet provider(String... settings) {
    openrouter = Stream.of(settings).map(s -> "    " + s + "\n").collect(Collectors.joining());
    return this;
  }

  /** More providers, as lines below {@code providers}. */
  Fleet also(String yaml) {
    otherProviders = yaml;
    return this;
  }

  KeysServer server() {
    return server;
  }

  Path folder() {
    return folder;
  }

  Path configFile() {
    return folder.resolve("latchkey.yaml");
  }

  /** The settings file's text. */
  String config() {
    return "store: {url: \""
        + store
        + "\", username: \"postgres\"}\n"
        + "encryption: {keyset-file: keyset.json}\n"
        + more
        + "providers:\n"
        + "  openrouter:\n"
        + "    base-url: "
        + server.baseUrl()
        + "\n"
        + openrouter
        + otherProviders;
  }

  /** An application to start with these settings and the provisioning key. */
  AppProcess.Plan app() throws IOException {
    write("latchkey.yaml", config());
    return bareApp()
        .arguments("config=" + configFile())
        .environment("OPENROUTER_PROVISIONING_KEY", FakeKeysApi.PROVISIONING_KEY);
  }

  /** An application to start with the flag alone. */
  AppProcess.Plan bareApp() {
    String name = folder.getFileName() + "-app" + apps.size();
    return new AppProcess.Plan(folder, server.chatUrl(), name);
  }

  /** Starts it; it ends with this fleet. */
  AppProcess start(AppProcess.Plan plan) throws Exception {
    AppProcess app = plan.start();
    apps.add(app);
    return app;
  }

  /** {@link #app} started. */
  AppProcess start() throws Exception {
    return start(app());
  }

  /** Starts several at once, each with one more JVM option. */
  List<AppProcess> startAll(String... options) throws Exception {
    List<AppProcess> all = new java.util.ArrayList<>();
    for (String option : options) all.add(app().jvm(option).launch());
    apps.addAll(all);
    for (AppProcess app : all) app.started();
    return all;
  }

  /** What the embedded database holds; only while no application runs. */
  Tables h2() {
    return Tables.h2(folder.resolve("store"));
  }

  /** The applications that were started. */
  List<AppProcess> apps() {
    return apps;
  }

  Path write(String file, String text) throws IOException {
    return Files.write(folder.resolve(file), text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws InterruptedException {
    for (AppProcess app : apps) app.close();
    server.close();
  }

  static Path agentJar() {
    Path jar =
        Paths.get(System.getProperty("latchkey.test.agent", "target/latchkey-agent.jar"))
            .toAbsolutePath();
    if (!Files.exists(jar)) throw new AssertionError("build it first (mvn package): no " + jar);
    return jar;
  }

  /** The application's own classes, copied away from the tests' and Latchkey's, and its OkHttp. */
  static synchronized String shopClassPath() throws IOException {
    Path shop = forked().resolve("shop");
    String inside = ShopApp.class.getPackage().getName().replace('.', '/');
    Path classes = codeOf(ShopApp.class).resolve(inside);
    Path copy = Files.createDirectories(shop.resolve(inside));
    try (Stream<Path> all = Files.list(classes)) {
      for (Path one : (Iterable<Path>) all::iterator) {
        Path target = copy.resolve(one.getFileName());
        if (Files.exists(target) && Files.size(target) == Files.size(one)) continue;
        Files.copy(one, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return Stream.of(
            shop,
            codeOf(okhttp3.OkHttpClient.class),
            codeOf(okio.Buffer.class),
            codeOf(kotlin.Unit.class))
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Path codeOf(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    return Paths.get(java.net.URI.create(source.getLocation().toString()));
  }

  static void deleteAll(Path folder) throws IOException {
    if (!Files.exists(folder)) return;
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> deepestFirst =
          all.sorted(java.util.Comparator.reverseOrder()).collect(Collectors.toList());
      for (Path one : deepestFirst) Files.delete(one);
    }
  }
}
