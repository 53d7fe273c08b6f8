package dev.latchkey.agent.contract;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The packaged agent in a JVM of its own, with the real front door behind it. The JVM serves all
 * tests of one client; what each test leaves in its log is looked at.
 */
final class ForkedLab implements Lab {
  private final String name;
  private final Subject subject;
  private final String javaHome;
  private final Path folder;
  private final Providers providers = new Providers();
  private final Fork fork;
  private @Nullable Fork bare;
  private @Nullable Fork refusing;
  private @Nullable Fork passing;
  private int test = -1;

  ForkedLab(Subject subject, String javaHome) throws Exception {
    this.name = name(subject, javaHome);
    this.subject = subject;
    this.javaHome = javaHome;
    this.folder = Paths.get("target", "forked-contract", name.replace(' ', '-'));
    this.fork = Fork.start(javaHome, subject, folder, flag(folder, providers.yaml()));
    warmUp(fork);
  }

  /** On a machine with much to do the agent may not be open when the first calls go out. */
  private void warmUp(Fork fork) throws Exception {
    Call call = Call.get(providers.last().url("/warm-up"));
    Settings settings = Settings.trusting(Tls.file().toString()).minimal(subject.isMinimal());
    try (ClientDriver driver = ForkedDriver.in(fork, settings)) {
      Until.isTrue("the agent is open", () -> driver.send(call).status() == 200);
    }
  }

  /** Whether it is for that client on that Java. */
  boolean isFor(Subject subject, String javaHome) {
    return name.equals(name(subject, javaHome));
  }

  /** Gives the next test its own places at the providers. */
  ForkedLab next() {
    test++;
    return this;
  }

  private static String name(Subject subject, String javaHome) {
    return subject.name() + " on " + new java.io.File(javaHome).getName();
  }

  @Override
  public ClientDriver driver(Settings settings) throws Exception {
    return ForkedDriver.in(fork, settings);
  }

  @Override
  public ClientDriver disabled(Settings settings, boolean refused) throws Exception {
    if (refused && refusing == null) refusing = disabledIn("refuse");
    if (!refused && passing == null) passing = disabledIn("pass");
    return ForkedDriver.in(refused ? refusing : passing, settings);
  }

  /** The default owner is disabled everywhere but at the last provider, which warms up. */
  private Fork disabledIn(String mode) throws Exception {
    Path own = Files.createDirectories(folder.resolve(mode)).toAbsolutePath();
    Path store = Files.createTempDirectory(own, "h2");
    DisabledOwner.storeInto(store, providers);
    String identity = "identity: {disabled-owner: " + mode + "}\n";
    String flag = flag(own, providers.yaml(DisabledOwner.settings(store) + identity));
    Fork started = Fork.start(javaHome, subject, own, flag);
    warmUp(started);
    return started;
  }

  @Override
  public Answer bare(Settings settings, Call call) throws Exception {
    if (bare == null) bare = Fork.start(javaHome, subject, folder, null);
    try (ClientDriver driver = ForkedDriver.in(bare, settings)) {
      return driver.send(call);
    }
  }

  @Override
  public Origin origin(Origin.By by) {
    return providers.origin(by == Origin.By.HEADER ? 'h' : 'q', test);
  }

  @Override
  public Origin secure() {
    return providers.origin('s', test);
  }

  @Override
  public @Nullable ScriptedCalls scripted() {
    return null;
  }

  @Override
  public List<String> leftovers() throws Exception {
    List<String> wrong = new ArrayList<>();
    for (String line : fork.errors().split("\n")) {
      boolean broken = line.contains("is off for") || line.contains("is not woven");
      if (broken || line.contains(HttpClientContract.CANARY)) wrong.add(line);
    }
    return wrong;
  }

  @Override
  public void close() {
    providers.afterTest();
  }

  /** Ends the JVMs. */
  void stop() throws Exception {
    fork.close();
    if (bare != null) bare.close();
    if (refusing != null) refusing.close();
    if (passing != null) passing.close();
    providers.close();
  }

  private static String flag(Path in, String yaml) throws Exception {
    Files.createDirectories(in);
    Path config = in.resolve("latchkey.yaml").toAbsolutePath();
    Files.write(config, Arrays.asList(yaml));
    return "-javaagent:" + System.getProperty("latchkey.test.agent") + "=config=" + config;
  }
}
