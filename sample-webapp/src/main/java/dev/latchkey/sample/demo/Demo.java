package dev.latchkey.sample.demo;

import dev.latchkey.sample.simulator.Simulator;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code java -jar latchkey-demo.jar}: see {@link Options#USAGE}. */
public final class Demo {
  private static final int HELD = 0;
  private static final int DID_NOT_HOLD = 1;
  private static final int USAGE = 2;

  private Demo() {}

  /** Exits 0 if every step held, 1 if one did not, 2 if the arguments are wrong. */
  public static void main(String[] args) throws Exception {
    Options options;
    try {
      options = Options.of(args);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n" + Options.USAGE);
      System.exit(USAGE);
      return;
    }
    System.exit(run(options));
  }

  private static int run(Options options) throws Exception {
    if (options.help()) {
      System.out.println(Options.USAGE);
      return HELD;
    }
    if (options.live() && !LiveStory.isPossible()) {
      System.err.println(
          LiveStory.VARIABLE
              + " is not set: make a provisioning key in your settings at openrouter.ai, and set it");
      return USAGE;
    }
    Workspace workspace = Workspace.create();
    Findings findings = new Findings(System.out);
    long begin = System.nanoTime();
    try {
      if (options.live()) {
        LiveStory.play(workspace, findings);
      } else {
        play(workspace, findings, options.serve());
      }
    } catch (IOException e) {
      findings.broken(e);
    }
    return conclude(workspace, findings, System.nanoTime() - begin);
  }

  private static void play(Workspace workspace, Findings findings, boolean serve) throws Exception {
    introduce();
    try (Stage stage = Stage.open(workspace, Simulator.start())) {
      Thread cleanUp = new Thread(() -> cleanUp(stage, workspace), "clean-up");
      Runtime.getRuntime().addShutdownHook(cleanUp);
      for (Step step : steps()) play(step, stage, findings);
      if (serve) Serving.of(stage).untilEnded();
      Runtime.getRuntime().removeShutdownHook(cleanUp);
    }
  }

  private static void introduce() {
    System.out.println(
        "Latchkey demo: an ordinary servlet application, with one more flag and one more filter.");
    System.out.println();
    System.out.println("   java -javaagent:latchkey-agent.jar ... sample-webapp.war");
    System.out.println();
    System.out.println(
        "The filter stands in its web.xml and latchkey-filter-javax.jar in its WEB-INF/lib.");
    System.out.println(
        "It runs on Tomcat 9 and Java "
            + System.getProperty("java.version")
            + ". Its configuration holds sk-or-v1-placeholder for a key.");
    System.out.println(
        "The provider is a simulator on this machine; nothing leaves it. Keys show as masks.");
  }

  private static List<Step> steps() {
    KeyFileWins keyFile = new KeyFileWins();
    return Arrays.asList(
        new FirstKeys(),
        new ExpiredKey(),
        new EveryClient(),
        new ThirtyTwoAtOnce(),
        keyFile,
        new Restart(),
        new ProvisioningDown(keyFile),
        new OnlyCiphertext());
  }

  private static void play(Step step, Stage stage, Findings findings) {
    findings.step(step.title());
    try {
      step.play(stage, findings);
    } catch (Exception e) {
      findings.broken(e);
    }
  }

  /** Ctrl-C: the application ends with this process, and its folder goes. */
  private static void cleanUp(Stage stage, Workspace workspace) {
    stage.close();
    workspace.delete();
  }

  private static int conclude(Workspace workspace, Findings findings, long nanos) {
    System.out.println();
    if (findings.faults().isEmpty()) {
      workspace.delete();
      System.out.println(
          "Every step held (" + TimeUnit.NANOSECONDS.toSeconds(nanos) + " seconds).");
      return HELD;
    }
    System.out.println("Not every step held:");
    for (String fault : findings.faults()) System.out.println("  - " + fault);
    System.out.println("Logs, settings and store are left for you in " + workspace.root());
    return DID_NOT_HOLD;
  }
}
