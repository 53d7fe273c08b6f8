package dev.latchkey.agent.bench;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How long the agent keeps {@code main} waiting, and what a JVM complains of because of it. */
final class Premain {
  private final Path folder;
  private final File stamp;
  private final Path out;
  private final Path err;

  private Premain(Path folder) throws IOException {
    this.folder = folder;
    stamp = Stamp.jar(folder.toFile());
    out = folder.resolve("out.txt");
    err = folder.resolve("err.txt");
  }

  static void run(int rounds) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("latchkey-bench");
    try (Provider provider = Provider.start()) {
      Premain premain = new Premain(folder);
      for (Jdk jdk : Jdk.all()) {
        premain.measure(jdk, provider, rounds);
        premain.complaints(jdk, provider);
      }
    }
  }

  private void measure(Jdk jdk, Provider provider, int rounds)
      throws IOException, InterruptedException {
    List<Double> nothing = new ArrayList<>();
    List<Double> ours = new ArrayList<>();
    List<String> agent = Agents.LATCHKEY.flags(provider.settings(folder, false));
    for (int i = 0; i < rounds; i++) {
      nothing.add(between(jdk, Collections.emptyList()));
      ours.add(between(jdk, agent));
    }
    System.out.printf(
        "Java %-2s premain min %.0f median %.0f ms (between two stamps with nothing: %.0f)%n",
        jdk.name(), Figures.least(ours), Figures.median(ours), Figures.median(nothing));
  }

  private double between(Jdk jdk, List<String> agent) throws IOException, InterruptedException {
    List<String> flags = new ArrayList<>();
    flags.add("-javaagent:" + stamp + "=begin");
    flags.addAll(agent);
    flags.add("-javaagent:" + stamp + "=end");
    run(jdk, flags);
    for (String line : Files.readAllLines(out)) {
      if (line.startsWith("premain ")) return Long.parseLong(line.substring(8)) / 1e6;
    }
    throw new IllegalStateException("no stamp; stderr: " + Files.readAllLines(err));
  }

  /** Everything on stderr that is not Latchkey's own log. */
  private void complaints(Jdk jdk, Provider provider) throws IOException, InterruptedException {
    Path fresh = Files.createTempDirectory(folder, "home");
    List<String> flags = new ArrayList<>(Agents.LATCHKEY.flags(provider.settings(fresh, true)));
    flags.add("-Duser.home=" + fresh);
    long before = provider.keyed();
    run(jdk, flags, provider.url() + "/");
    List<String> foreign = new ArrayList<>();
    for (String line : Files.readAllLines(err, StandardCharsets.UTF_8)) {
      if (!line.contains(" latchkey ")) foreign.add(line);
    }
    System.out.println(
        "Java "
            + jdk.name()
            + " complaints "
            + foreign.size()
            + " "
            + foreign
            + ", key attached "
            + (provider.keyed() > before));
  }

  /**
   * Nothing but this benchmark's classes: the JVM looks for an agent's class in every entry of the
   * class path first, and opening a hundred jars would be counted as ours.
   */
  private static String application() {
    return new File(OneCall.class.getProtectionDomain().getCodeSource().getLocation().getPath())
        .getPath();
  }

  private void run(Jdk jdk, List<String> flags, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(jdk.java());
    command.addAll(flags);
    command.add("-cp");
    command.add(application());
    command.add(OneCall.class.getName());
    Collections.addAll(command, arguments);
    new ProcessBuilder(command)
        .redirectOutput(out.toFile())
        .redirectError(err.toFile())
        .start()
        .waitFor();
  }
}
