package dev.latchkey.agent.bench;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Whole calls on loopback: one JVM with the agent and one without, which wait while the other one
 * calls, block by short block; what disturbs the machine disturbs both. Each round has JVMs of its
 * own, since no two compile the same program alike, and a long warm-up: the compilers are at work
 * for the first hundred thousand calls, on more code where there is an agent.
 */
final class LoopbackCalls {
  private static final int WARM_UP_CALLS = 60_000;
  private static final int WARM_UP_BLOCKS = 2;
  private static final int CALLS_A_BLOCK = 3_000;
  private static final int BLOCKS = 30;

  private LoopbackCalls() {}

  static void run(int rounds) throws IOException {
    Path folder = Files.createTempDirectory("latchkey-bench");
    try (Provider provider = Provider.start()) {
      File managed = provider.settings(folder, true);
      File unmanaged = provider.settings(folder, false);
      for (String client : new String[] {"okhttp", "huc"}) {
        compare(
            client + ", managed, beside code by hand", client, "hand", managed, provider, rounds);
        compare(
            client + ", not managed, beside no agent",
            client,
            "nobody",
            unmanaged,
            provider,
            rounds);
      }
      System.out.println("calls that came with the managed key: " + provider.keyed());
    }
  }

  private static void compare(
      String title, String client, String byHand, File settings, Provider provider, int rounds)
      throws IOException {
    List<Double> throughput = new ArrayList<>();
    List<Double> bytes = new ArrayList<>();
    String url = provider.url() + "/chat";
    for (int i = 0; i < rounds; i++) {
      try (Child without = Child.start(Collections.emptyList(), client, byHand, url);
          Child with = Child.start(Agents.LATCHKEY.flags(settings), client, "nobody", url)) {
        double[] round = round(without, with);
        throughput.add(round[0]);
        bytes.add(round[1]);
      }
    }
    System.out.printf(
        "%-40s throughput %.1f %% (middle half of the rounds %s), %+.0f B a call%n",
        title,
        Figures.median(throughput),
        Figures.middleHalf(throughput, "%.1f"),
        Figures.median(bytes));
  }

  /** Throughput in percent and more bytes a call: the blocks' medians. */
  private static double[] round(Child without, Child with) throws IOException {
    for (int i = 0; i < WARM_UP_BLOCKS; i++) {
      without.calls(WARM_UP_CALLS);
      with.calls(WARM_UP_CALLS);
    }
    List<Double> throughput = new ArrayList<>();
    List<Double> bytes = new ArrayList<>();
    for (int i = 0; i < BLOCKS; i++) {
      double[] one;
      double[] two;
      if (i % 2 == 0) {
        one = without.calls(CALLS_A_BLOCK);
        two = with.calls(CALLS_A_BLOCK);
      } else {
        two = with.calls(CALLS_A_BLOCK);
        one = without.calls(CALLS_A_BLOCK);
      }
      throughput.add(100 * one[0] / two[0]);
      bytes.add((two[1] - one[1]) / CALLS_A_BLOCK);
    }
    return new double[] {Figures.median(throughput), Figures.median(bytes)};
  }

  /** A {@link CallLoop} and the pipes to it. */
  private static final class Child implements Closeable {
    private final Process process;
    private final PrintStream in;
    private final BufferedReader out;

    private Child(Process process) {
      this.process = process;
      in = new PrintStream(process.getOutputStream(), true);
      out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    }

    static Child start(List<String> flags, String... arguments) throws IOException {
      List<String> command = new ArrayList<>();
      command.add(System.getProperty("java.home") + "/bin/java");
      command.addAll(flags);
      command.add("-cp");
      command.add(System.getProperty("java.class.path"));
      command.add(CallLoop.class.getName());
      command.addAll(Arrays.asList(arguments));
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.redirectError(ProcessBuilder.Redirect.INHERIT);
      return new Child(builder.start());
    }

    /** Nanoseconds and bytes. */
    double[] calls(int times) throws IOException {
      in.println(times);
      String line = out.readLine();
      if (line == null) throw new IOException("the calling JVM has ended; see its output above");
      String[] figures = line.split(" ");
      return new double[] {Double.parseDouble(figures[0]), Double.parseDouble(figures[1])};
    }

    @Override
    public void close() {
      process.destroy();
    }
  }
}
