package dev.latchkey.agent.bench;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/** Runs one part: see agent/BENCHMARKS.md. */
public final class Benchmarks {
  private Benchmarks() {}

  private static void unmanaged(int rounds) throws Exception {
    Microbenchmarks.Series without = new Microbenchmarks.Series();
    Microbenchmarks.Series with = new Microbenchmarks.Series();
    Path folder = Files.createTempDirectory("latchkey-bench");
    try (Provider provider = Provider.start()) {
      List<String> agent = Agents.LATCHKEY.flags(provider.settings(folder, false));
      for (int i = 0; i < rounds; i++) {
        without.add(
            Microbenchmarks.measure(
                UnmanagedCall.class, "openConnection", Collections.emptyList()));
        with.add(Microbenchmarks.measure(UnmanagedCall.class, "openConnection", agent));
      }
    }
    System.out.println("URL.openConnection without the agent: " + without);
    System.out.println("URL.openConnection with the agent:    " + with);
    System.out.printf(
        "more: %.1f ns, %.1f B%n",
        with.medianNanos() - without.medianNanos(), with.medianBytes() - without.medianBytes());
  }

  private static void attach(int rounds) throws Exception {
    for (String method :
        new String[] {"foreignHost", "attach", "attachFromTwoThreads", "attachAndReport"}) {
      Microbenchmarks.Series series = new Microbenchmarks.Series();
      for (int i = 0; i < rounds; i++) {
        series.add(Microbenchmarks.measure(FrontDoorCost.class, method, Collections.emptyList()));
      }
      System.out.printf("%-22s %s%n", method, series);
    }
  }

  /** The part's name, and optionally how many rounds. */
  public static void main(String[] arguments) throws Exception {
    leaveAgentToItsJar();
    String part = arguments.length > 0 ? arguments[0] : "";
    int rounds =
        arguments.length > 1 && !arguments[1].isEmpty() ? Integer.parseInt(arguments[1]) : 7;
    switch (part) {
      case "unmanaged":
        unmanaged(rounds);
        break;
      case "attach":
        attach(rounds);
        break;
      case "calls":
        LoopbackCalls.run(rounds);
        break;
      case "startup":
        StartUp.run(rounds);
        break;
      case "premain":
        Premain.run(rounds);
        break;
      default:
        throw new IllegalArgumentException(
            "no such part: " + part + "; there are unmanaged, attach, calls, startup, premain");
    }
  }

  /** Children inherit this class path; the agent's classes must come from its jar alone. */
  private static void leaveAgentToItsJar() {
    StringBuilder kept = new StringBuilder();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (entry.endsWith(File.separator + "target" + File.separator + "classes")) continue;
      kept.append(kept.length() == 0 ? "" : File.pathSeparator).append(entry);
    }
    System.setProperty("java.class.path", kept.toString());
  }
}
