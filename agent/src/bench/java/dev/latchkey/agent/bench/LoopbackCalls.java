package dev.latchkey.agent.bench;

import java.io.BufferedReader;
import java.io.Closeable;
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
 * Whole calls on loopback, two ways of making them in turn, block by short block: what disturbs the
 * machine disturbs both. What the agent does is compared with code by hand within one JVM, for two
 * hosts of which the agent manages one, since no two JVMs compile the same program alike: their
 * calls differ by a tenth. What the agent costs where it does nothing, as beside the code by hand,
 * wants two JVMs. Each round has JVMs of its own, and a long warm-up: the compilers are at work for
 * the first hundred thousand calls.
 */
final class LoopbackCalls {
  private static final int WARM_UP_CALLS = 60_000;
  private static final int WARM_UP_BLOCKS = 2;
  private static final int CALLS_A_BLOCK = 3_000;
  private static final int BLOCKS = 30;

  private final int rounds;
  private final List<String> agent;
  private final String managed;
  private final String unmanaged;

  private LoopbackCalls(int rounds, List<String> agent, String managed, String unmanaged) {
    this.rounds = rounds;
    this.agent = agent;
    this.managed = managed;
    this.unmanaged = unmanaged;
  }

  static void run(int rounds) throws IOException {
    Path folder = Files.createTempDirectory("latchkey-bench");
    try (Provider managed = Provider.start();
        Provider unmanaged = Provider.start()) {
      LoopbackCalls calls =
          new LoopbackCalls(
              rounds,
              Agents.LATCHKEY.flags(managed.settings(folder, true)),
              managed.url() + "/chat",
              unmanaged.url() + "/chat");
      for (String client : new String[] {"okhttp", "huc"}) {
        calls.besideCodeByHand(client);
        calls.besideNoAgent(client);
      }
      System.out.println("calls that came with the managed key: " + managed.keyed());
    }
  }

  private void besideCodeByHand(String client) throws IOException {
    Rounds seen = new Rounds();
    for (int i = 0; i < rounds; i++) {
      try (Child child = Child.start(agent, client, "hand", unmanaged, "nobody", managed)) {
        seen.add(new Way(child, 0), new Way(child, 1));
      }
    }
    System.out.println(client + ", managed, beside code by hand: " + seen);
  }

  private void besideNoAgent(String client) throws IOException {
    Rounds seen = new Rounds();
    for (int i = 0; i < rounds; i++) {
      try (Child without = Child.start(Collections.emptyList(), client, "nobody", unmanaged);
          Child with = Child.start(agent, client, "nobody", unmanaged)) {
        seen.add(new Way(without, 0), new Way(with, 0));
      }
    }
    System.out.println(client + ", not managed, beside no agent: " + seen);
  }

  /** The rounds' throughput in percent and more bytes a call. */
  private static final class Rounds {
    private final List<Double> throughput = new ArrayList<>();
    private final List<Double> bytes = new ArrayList<>();

    /** Of a round, the blocks' medians. */
    void add(Way one, Way two) throws IOException {
      for (int i = 0; i < WARM_UP_BLOCKS; i++) {
        one.calls(WARM_UP_CALLS);
        two.calls(WARM_UP_CALLS);
      }
      List<Double> throughputs = new ArrayList<>();
      List<Double> more = new ArrayList<>();
      for (int i = 0; i < BLOCKS; i++) {
        boolean turned = i % 2 == 1;
        double[] first = (turned ? two : one).calls(CALLS_A_BLOCK);
        double[] second = (turned ? one : two).calls(CALLS_A_BLOCK);
        throughputs.add(100 * (turned ? second[0] / first[0] : first[0] / second[0]));
        more.add((turned ? first[1] - second[1] : second[1] - first[1]) / CALLS_A_BLOCK);
      }
      throughput.add(Figures.median(throughputs));
      bytes.add(Figures.median(more));
    }

    @Override
    public String toString() {
      return String.format(
          "throughput %.1f %% (middle half of the rounds %s), %+.0f B a call",
          Figures.median(throughput),
          Figures.middleHalf(throughput, "%.1f"),
          Figures.median(bytes));
    }
  }

  /** One of the ways in which a JVM makes its calls. */
  private static final class Way {
    private final Child child;
    private final int index;

    Way(Child child, int index) {
      this.child = child;
      this.index = index;
    }

    /** Nanoseconds and bytes. */
    double[] calls(int times) throws IOException {
      return child.calls(index, times);
    }
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
    double[] calls(int way, int times) throws IOException {
      in.println(way + " " + times);
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
