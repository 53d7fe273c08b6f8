package dev.latchkey.agent.forked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.latchkey.agent.forked.redeploy.RedeployApp;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the packaged agent does to an application, on every Java at hand. */
final class PackagedAgentIT {
  private static final String KEY = "forked-canary-4f9d";

  @TempDir Path folder;
  private HttpServer server;

  static Stream<Jdk> jdks() {
    return Jdk.all();
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", PackagedAgentIT::echo);
    server.createContext("/moved", PackagedAgentIT::away);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void withoutSettingsOneLineSaysWhatToSet(Jdk jdk) {
    Fork.Result result = Fork.of(jdk).withAgent("").run(Apps.Get.class, url("/ask"));
    assertThat(result.out).startsWith("200 key=placeholder");
    assertThat(result.complaints()).hasSize(1);
    assertThat(result.err).contains("OPENROUTER_PROVISIONING_KEY");
    assertThat(result.exit).isZero();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void managedCallCarriesTheKeyAndNothingElseIsSaid(Jdk jdk) throws IOException {
    Fork.Result result = managed(jdk).run(Apps.Get.class, url("/ask?q=1"));
    assertThat(result.out).as("%s", result).startsWith("200 key=" + KEY + " q=1 at " + url("/ask"));
    assertThat(result.complaints())
        .as("%s", result)
        .allMatch(line -> line.contains(" INFO latchkey "));
    assertThat(result.err).doesNotContain(KEY);
    assertThat(result.exit).isZero();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void embeddedStoreKeepsTheKeySealed(Jdk jdk) throws IOException {
    Fork.Result first = keyed(jdk);
    // One that ends at once may have no time to make the table; the next one goes on with it.
    for (int i = 0; i < 5 && !first.err.contains(" synced "); i++) first = keyed(jdk);
    assertThat(first.err).as("%s", first).contains(" synced ");
    // The variable is gone: the key can only come from the table.
    Fork.Result second = embedded(jdk).run(Apps.Get.class, url("/ask"));
    assertThat(second.out).as("%s", second).startsWith("200 key=" + KEY);
    assertThat(folder.resolve("data")).isDirectoryRecursivelyContaining(PackagedAgentIT::isSealed);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void foreignPlaceGetsNoKeyEvenByRedirect(Jdk jdk) throws IOException {
    String foreign = url("/ask").replace("127.0.0.1", "localhost");
    Fork.Result result = managed(jdk).run(Apps.Get.class, foreign, url("/moved?to=" + foreign));
    assertThat(result.out.split("\n"))
        .as("%s", result)
        .allMatch(line -> line.startsWith("200 key=placeholder"))
        .hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void badSettingsAreToldWholeAndTheApplicationRuns(Jdk jdk) throws IOException {
    Path config = write("stor: {}\nproviders:\n  my-api:\n    base-url: nonsense\n");
    Fork.Result result =
        Fork.of(jdk).withAgent("config=" + config).run(Apps.Get.class, url("/ask"));
    assertThat(result.out).startsWith("200 key=placeholder");
    assertThat(result.err).contains("latchkey.yaml:1", "stor", "latchkey.yaml:4", "base-url");
    assertThat(result.exit).isZero();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void secondFlagChangesNothing(Jdk jdk) throws IOException {
    Fork.Result result =
        managed(jdk)
            .withAgent("config=" + folder.resolve("latchkey.yaml"))
            .run(Apps.Get.class, url("/ask"));
    assertThat(result.out).as("%s", result).startsWith("200 key=" + KEY);
    assertThat(result.complaints()).allMatch(line -> line.contains(" INFO latchkey "));
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void flagWithAnotherCopyChangesNothing(Jdk jdk) throws IOException {
    Path copy = Files.copy(Fork.agent().toPath(), folder.resolve("copy.jar"));
    Fork.Result result =
        managed(jdk)
            .flag("-javaagent:" + copy + "=config=" + folder.resolve("latchkey.yaml"))
            .run(Apps.Get.class, url("/ask"));
    assertThat(result.out).as("%s", result).startsWith("200 key=" + KEY);
    assertThat(result.complaints()).allMatch(line -> line.contains(" INFO latchkey "));
    assertThat(result.complaints().stream().filter(line -> line.contains(" synced "))).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void settingsBesideTheJarAreFound(Jdk jdk) throws IOException {
    Path copy = Files.copy(Fork.agent().toPath(), folder.resolve("copy.jar"));
    settings("store: {url: memory}\n");
    Fork.Result result =
        Fork.of(jdk)
            .flag("-javaagent:" + copy)
            .variable("MY_API_KEY", KEY)
            .run(Apps.Get.class, url("/ask"));
    assertThat(result.out).as("%s", result).startsWith("200 key=" + KEY);
    Fork.Result checked =
        Fork.of(jdk).variable("MY_API_KEY", KEY).tool("java", "-jar", copy + "", "check-config");
    assertThat(checked.out).as("%s", checked).contains(folder.resolve("latchkey.yaml") + "");
    assertThat(checked.exit).as("%s", checked).isZero();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void switchedOffItIsNotThere(Jdk jdk) {
    Fork.Result result =
        Fork.of(jdk).flag("-Dlatchkey.enabled=false").withAgent("").run(Apps.Bridge.class);
    assertThat(result.out).isEqualToIgnoringNewLines("absent");
    assertThat(result.err).isEmpty();
    Fork.Result variable =
        Fork.of(jdk).variable("LATCHKEY_ENABLED", "false").withAgent("").run(Apps.Bridge.class);
    assertThat(variable.out).isEqualToIgnoringNewLines("absent");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void librariesOnTheBootClassPathAreNotTakenForOurs(Jdk jdk) throws IOException {
    Path theirs = folder.resolve("theirs.jar");
    try (ZipOutputStream jar = new ZipOutputStream(Files.newOutputStream(theirs))) {
      for (String ours :
          new String[] {"org/slf4j/LoggerFactory", "org/yaml/snakeyaml/DumperOptions"}) {
        jar.putNextEntry(new ZipEntry(ours + ".class"));
        jar.write("another version".getBytes(StandardCharsets.UTF_8));
      }
    }
    Fork.Result result =
        managed(jdk).flag("-Xbootclasspath/a:" + theirs).run(Apps.Get.class, url("/ask"));
    assertThat(result.out).as("%s", result).startsWith("200 key=" + KEY);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void jarThatIsOverwrittenWhileInUseCostsTheApplicationNoCall(Jdk jdk) throws IOException {
    Path copy = Files.copy(Fork.agent().toPath(), folder.resolve("copy.jar"));
    managed(jdk);
    Fork.Result result =
        Fork.of(jdk)
            .flag("-javaagent:" + copy + "=config=" + folder.resolve("latchkey.yaml"))
            .variable("MY_API_KEY", KEY)
            .run(Apps.Overwrite.class, copy.toString(), url("/ask"), url("/ask"));
    assertThat(result.out.split("\n"))
        .as("%s", result)
        .hasSize(2)
        .allMatch(line -> line.startsWith("200 key="));
    assertThat(result.exit).isZero();
    assertThat(result.err).doesNotContain("Exception in thread");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void oneClientCanBeSwitchedOff(Jdk jdk) throws IOException {
    Fork.Result result =
        managed(jdk)
            .flag("-Dlatchkey.instrumentation.httpurlconnection.enabled=false")
            .run(Apps.Get.class, url("/ask"));
    assertThat(result.out).as("%s", result).startsWith("200 key=placeholder");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void toolsOfTheJdkAreLeftAlone(Jdk jdk) {
    for (String tool : new String[] {"javac", "keytool", "jps"}) {
      isLeftAlone(tool, watched(jdk).tool(tool, "-help"));
    }
    assertThat(watched(jdk).run(Apps.Bridge.class).out).contains("LatchkeyBridge");
  }

  @Test
  void mavenIsLeftAlone() {
    String home = System.getProperty("latchkey.test.maven");
    assumeTrue(home != null, "only a build by Maven tells where Maven is");
    isLeftAlone("mvn", watched(Jdk.current()).program(home + "/bin/mvn", "--version"));
  }

  private static Fork watched(Jdk jdk) {
    return Fork.of(jdk).withAgent("").flag("-verbose:class");
  }

  private static void isLeftAlone(String tool, Fork.Result result) {
    assertThat(result.out)
        .as(tool)
        .contains("java.lang.Object")
        .contains("dev.latchkey.agent.LatchkeyAgent")
        .doesNotContain("LatchkeyBridge");
    assertThat(result.out + result.err).as(tool).doesNotContain("latchkey:", " latchkey ");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void applicationEndsWhenItWants(Jdk jdk) throws IOException {
    assertThat(managed(jdk).run(Apps.Exit.class, url("/ask")).exit).isEqualTo(3);
    Fork.Result threads = managed(jdk).run(Apps.Threads.class, url("/ask"));
    assertThat(threads.exit).isZero();
    assertThat(threads.out).as("%s", threads).startsWith("200 key=" + KEY);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void applicationChoosesItsLogManager(Jdk jdk) throws IOException {
    Fork.Result result =
        managed(jdk)
            .flag("-Djava.util.logging.manager=" + Apps.Manager.class.getName())
            .run(Apps.Logging.class, url("/ask"));
    assertThat(result.out).as("%s", result).contains("key=" + KEY, Apps.Manager.class.getName());
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void methodSetByReflectionIsSent(Jdk jdk) throws IOException {
    Fork fork = managed(jdk);
    if (!jdk.toString().equals("Java 8")) fork.flag("--add-opens=java.base/java.net=ALL-UNNAMED");
    assertThat(fork.run(Apps.Patch.class, url("/ask")).out).isEqualToIgnoringNewLines("200 PATCH");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void logGoesToAFileThatIsItsOwnersOnly(Jdk jdk) throws IOException {
    Path log = folder.resolve("latchkey.log");
    Fork.Result result =
        managed(jdk).flag("-Dlatchkey.log.file=" + log).run(Apps.Get.class, url("/ask"));
    assertThat(result.err).isEmpty();
    assertThat(new String(Files.readAllBytes(log), StandardCharsets.UTF_8))
        .contains(" INFO latchkey ")
        .doesNotContain(KEY);
    assertThat(Files.getPosixFilePermissions(log)).hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("attaching")
  void attachedToARunningApplicationItAttachesItsKeys(Jdk jdk) throws IOException {
    Path config = settings("store: {url: memory}\n");
    assertThat(attached(jdk, config, url("/ask")).out).startsWith("200 key=" + KEY);
  }

  @ParameterizedTest
  @MethodSource("attaching")
  void attachedWithWrongSettingsItSaysSoBeforeAnyCall(Jdk jdk) throws IOException {
    Fork.Result result = attached(jdk, write("stoer: {url: memory}\n"));
    assertThat(result.err).contains("stoer");
    assertThat(result.exit).isZero();
  }

  /** By a command that Java 8's jcmd does not have. */
  static Stream<Jdk> attaching() {
    return Jdk.all().filter(jdk -> !jdk.toString().equals("Java 8"));
  }

  private Fork.Result attached(Jdk jdk, Path config, String... urls) {
    String told = folder.resolve("jcmd.txt").toString();
    Stream<String> tool = Stream.of(jdk.tool("jcmd"), Fork.agent().getPath(), told);
    return Fork.of(jdk)
        .variable("MY_API_KEY", KEY)
        .variable("LATCHKEY_CONFIG", config.toString())
        .run(Apps.Attach.class, Stream.concat(tool, Stream.of(urls)).toArray(String[]::new));
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void twoHundredDeploymentsLeaveNoClassLoaderBehind(Jdk jdk) throws IOException {
    String[] folders =
        new File("target/clients").list((dir, name) -> name.startsWith("httpclient5"));
    Arrays.sort(folders);
    List<String> arguments = new ArrayList<>();
    arguments.add(url("/ask"));
    for (File jar : new File("target/clients", folders[folders.length - 1]).listFiles()) {
      arguments.add(jar.getAbsolutePath());
    }
    Fork.Result result = managed(jdk).run(RedeployApp.class, arguments.toArray(new String[0]));
    assertThat(result.out.trim()).as("%s", result).isEqualTo("{key=" + KEY + "=200} left=0");
  }

  private Fork managed(Jdk jdk) throws IOException {
    return configured(jdk, "store: {url: memory}\n").variable("MY_API_KEY", KEY);
  }

  private Fork embedded(Jdk jdk) throws IOException {
    Path data = folder.resolve("data");
    return configured(
        jdk,
        "store: {url: \"h2:" + data + "\"}\nencryption: {keyset-file: " + data + "/keys.json}\n");
  }

  private Fork.Result keyed(Jdk jdk) throws IOException {
    Fork.Result result = embedded(jdk).variable("MY_API_KEY", KEY).run(Apps.Get.class, url("/ask"));
    assertThat(result.out).as("%s", result).startsWith("200 key=" + KEY);
    assertThat(result.complaints()).as("%s", result).allMatch(line -> line.contains(" INFO "));
    return result;
  }

  private static boolean isSealed(Path file) {
    try {
      return file.toString().endsWith(".mv.db")
          && !new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(KEY);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Fork configured(Jdk jdk, String store) throws IOException {
    return Fork.of(jdk).withAgent("config=" + settings(store));
  }

  private Path settings(String store) throws IOException {
    return write(
        store
            + "providers:\n  my-api:\n    base-url: http://127.0.0.1:"
            + server.getAddress().getPort()
            + "\n    attach: {header: X-API-Key}\n    env: MY_API_KEY\n");
  }

  private Path write(String yaml) throws IOException {
    return Files.write(folder.resolve("latchkey.yaml"), yaml.getBytes(StandardCharsets.UTF_8));
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private static void echo(HttpExchange exchange) throws IOException {
    String key = exchange.getRequestHeaders().getFirst("X-API-Key");
    String query = exchange.getRequestURI().getRawQuery();
    byte[] body =
        ("key=" + key + (query == null ? "" : " " + query)).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Method", exchange.getRequestMethod());
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static void away(HttpExchange exchange) throws IOException {
    String to = exchange.getRequestURI().getRawQuery().substring("to=".length());
    exchange.getResponseHeaders().set("Location", to);
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }
}
