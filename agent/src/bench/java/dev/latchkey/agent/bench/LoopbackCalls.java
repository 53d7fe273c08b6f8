package dev.latchkey.agent.bench;

import dev.latchkey.agent.bench.CallingJvm.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Whole calls on loopback, two ways of making them in turn, block by short block: what disturbs the
 * machine disturbs both. What the agent does is compared with code by hand within one JVM, for two
 * hosts of which the agent manages one, since no two JVMs compile the same program alike: their
 * calls differ by a tenth. What the agent costs where it does nothing, as beside the code by hand,
 * wants two JVMs. Each round has JVMs and servers of its own, and a long warm-up: the compilers are
 * at work for the first hundred thousand calls. Which way comes first there changes from round to
 * round, since what is compiled first is compiled differently. Code by hand beside the same code by
 * hand shows what all this cannot tell apart.
 */
final class LoopbackCalls {
  private static final int WARM_UP_CALLS = 60_000;
  private static final int WARM_UP_BLOCKS = 2;
  private static final int CALLS_A_BLOCK = 3_000;
  private static final int BLOCKS = 30;

  private final int rounds;
  private final Path folder;
  private long keyed;

  private LoopbackCalls(int rounds, Path folder) {
    this.rounds = rounds;
    this.folder = folder;
  }

  /** The two ways of one round; {@code turned} where the second is to be compiled first. */
  private interface Round {
    Way[] start(Provider one, Provider two, boolean turned) throws IOException;
  }

  static void run(int rounds) throws IOException {
    LoopbackCalls calls = new LoopbackCalls(rounds, Files.createTempDirectory("latchkey-bench"));
    for (String client : new String[] {"okhttp", "huc"}) {
      calls.compare(
          client + ", managed, beside code by hand",
          (one, two, turned) -> calls.inOne(client, one, "nobody", two, turned));
      calls.compare(
          client + ", code by hand beside itself",
          (one, two, turned) -> calls.inOne(client, one, "hand", two, turned));
      calls.compare(
          client + ", not managed, beside no agent",
          (one, two, turned) -> calls.inTwo(client, one));
    }
    System.out.println("calls that came with the managed key: " + calls.keyed);
  }

  private void compare(String what, Round round) throws IOException {
    Rounds seen = new Rounds();
    for (int i = 0; i < rounds; i++) {
      boolean turned = i % 2 == 1;
      try (Provider one = Provider.start();
          Provider two = Provider.start()) {
        Way[] ways = round.start(one, two, turned);
        try (Way first = ways[turned ? 1 : 0];
            Way second = ways[turned ? 0 : 1]) {
          warmUp(first, second);
          seen.add(ways[0], ways[1]);
        }
        keyed += two.keyed();
      }
    }
    System.out.println(what + ": " + seen);
  }

  private static void warmUp(Way first, Way second) throws IOException {
    for (int i = 0; i < WARM_UP_BLOCKS; i++) {
      first.calls(WARM_UP_CALLS);
      second.calls(WARM_UP_CALLS);
    }
  }

  /** By hand at the one place and otherwise at the other, in one JVM with the agent. */
  private Way[] inOne(String client, Provider one, String who, Provider two, boolean turned)
      throws IOException {
    List<String> agent = Agents.LATCHKEY.flags(two.settings(folder, who.equals("nobody")));
    String hand = "hand " + one.url() + "/chat";
    String other = who + " " + two.url() + "/chat";
    CallingJvm jvm = CallingJvm.start(agent, client, turned ? other : hand, turned ? hand : other);
    return new Way[] {jvm.way(turned ? 1 : 0), jvm.way(turned ? 0 : 1)};
  }

  /** By nobody, in a JVM without the agent and in one with it. */
  private Way[] inTwo(String client, Provider place) throws IOException {
    List<String> agent = Agents.LATCHKEY.flags(place.settings(folder, false));
    String nobody = "nobody " + place.url() + "/chat";
    return new Way[] {
      CallingJvm.start(Collections.emptyList(), client, nobody).way(0),
      CallingJvm.start(agent, client, nobody).way(0)
    };
  }

  /** The rounds' throughput in percent and more bytes a call. */
  private static final class Rounds {
    private final List<Double> throughput = new ArrayList<>();
    private final List<Double> bytes = new ArrayList<>();

    /** Of a round, the blocks' medians. */
    void add(Way one, Way two) throws IOException {
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
}
