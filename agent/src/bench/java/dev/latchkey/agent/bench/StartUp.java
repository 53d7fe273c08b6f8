package dev.latchkey.agent.bench;

import dev.latchkey.agent.bench.app.AskServlet;
import dev.latchkey.agent.bench.app.PlainServlet;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What an agent adds to the start-up of a Tomcat 9 application, from the start of the JVM to its
 * first answer: nothing, Latchkey and the other agent in turn, round after round, on each Java.
 */
final class StartUp {
  private final Path folder;
  private final Provider provider;
  private final int rounds;

  private StartUp(Path folder, Provider provider, int rounds) {
    this.folder = folder;
    this.provider = provider;
    this.rounds = rounds;
  }

  static void run(int rounds) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("latchkey-bench");
    try (Provider provider = Provider.start()) {
      StartUp startUp = new StartUp(folder, provider, rounds);
      for (Jdk jdk : Jdk.all()) {
        startUp.compare(jdk, "calls OkHttp, host not managed", AskServlet.class, Store.NONE);
        startUp.compare(
            jdk, "calls OkHttp, host managed, first start", AskServlet.class, Store.NEW);
        startUp.compare(
            jdk, "calls OkHttp, host managed, later start", AskServlet.class, Store.OLD);
        startUp.compare(jdk, "calls nobody", PlainServlet.class, Store.NONE);
      }
    }
  }

  /** What of a key table there is when the JVM starts. */
  private enum Store {
    /** Nothing, and nobody will need one. */
    NONE,
    /** Nothing yet: the first start of all. */
    NEW,
    /** What the start before has left. */
    OLD
  }

  private void compare(Jdk jdk, String title, Class<?> servlet, Store store)
      throws IOException, InterruptedException {
    Path home = Files.createTempDirectory(folder, "home");
    Tomcat tomcat = Tomcat.with(folder.resolve(servlet.getSimpleName()), servlet);
    Map<Agents, List<Start>> starts = new EnumMap<>(Agents.class);
    for (int round = -1; round < rounds; round++) {
      for (Agents agent : Agents.values()) {
        Path used = store == Store.OLD ? home : Files.createTempDirectory(folder, "home");
        Start start = tomcat.start(jdk, flags(agent, used, store != Store.NONE));
        if (round >= 0) starts.computeIfAbsent(agent, a -> new ArrayList<>()).add(start);
      }
    }
    report("Java " + jdk.name() + ", " + title, starts);
  }

  private List<String> flags(Agents agent, Path home, boolean managed) throws IOException {
    File settings = provider.settings(home, managed);
    List<String> flags = new ArrayList<>(agent.flags(settings));
    flags.add("-Duser.home=" + home);
    flags.add("-Dbench.url=" + provider.url() + "/");
    return flags;
  }

  private static void report(String title, Map<Agents, List<Start>> starts) {
    System.out.println();
    System.out.println(title);
    for (Agents agent : Agents.values()) {
      System.out.printf(
          "  %-14s wall min %6.0f median %6.0f   cpu min %6.0f median %6.0f ms%n",
          agent.name().toLowerCase(java.util.Locale.ROOT),
          Figures.least(wall(starts, agent)),
          Figures.median(wall(starts, agent)),
          Figures.least(cpu(starts, agent)),
          Figures.median(cpu(starts, agent)));
    }
    System.out.printf(
        "  latchkey adds, of what opentelemetry adds: wall min %s median %s, cpu min %s median"
            + " %s%n",
        share(wall(starts, Agents.NONE), wall(starts, Agents.LATCHKEY), other(starts, true), true),
        share(wall(starts, Agents.NONE), wall(starts, Agents.LATCHKEY), other(starts, true), false),
        share(cpu(starts, Agents.NONE), cpu(starts, Agents.LATCHKEY), other(starts, false), true),
        share(cpu(starts, Agents.NONE), cpu(starts, Agents.LATCHKEY), other(starts, false), false));
  }

  private static List<Double> other(Map<Agents, List<Start>> starts, boolean wall) {
    return wall ? wall(starts, Agents.OPENTELEMETRY) : cpu(starts, Agents.OPENTELEMETRY);
  }

  private static String share(
      List<Double> none, List<Double> ours, List<Double> theirs, boolean least) {
    double base = least ? Figures.least(none) : Figures.median(none);
    double added = (least ? Figures.least(ours) : Figures.median(ours)) - base;
    double compared = (least ? Figures.least(theirs) : Figures.median(theirs)) - base;
    return String.format("%.1f %%", 100 * added / compared);
  }

  private static List<Double> wall(Map<Agents, List<Start>> starts, Agents agent) {
    List<Double> values = new ArrayList<>();
    for (Start start : starts.getOrDefault(agent, Collections.emptyList())) {
      values.add(start.wallMillis());
    }
    return values;
  }

  private static List<Double> cpu(Map<Agents, List<Start>> starts, Agents agent) {
    List<Double> values = new ArrayList<>();
    for (Start start : starts.getOrDefault(agent, Collections.emptyList())) {
      values.add(start.cpuMillis());
    }
    return values;
  }
}
