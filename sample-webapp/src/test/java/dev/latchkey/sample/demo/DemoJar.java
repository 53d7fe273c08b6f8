package dev.latchkey.sample.demo;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged demo in a JVM of its own. */
final class DemoJar {
  private static final File JAR = new File("target", "latchkey-demo.jar").getAbsoluteFile();
  private static final int SECONDS = 240;

  private DemoJar() {}

  /** Not started yet; its temporary files go to {@code tmp} in the folder. */
  static ProcessBuilder command(Path folder, List<String> flags, String... arguments)
      throws IOException {
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    List<String> command = new ArrayList<>();
    command.add(Paths.get(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.io.tmpdir=" + temporary);
    command.addAll(flags);
    command.addAll(Arrays.asList("-jar", JAR.getPath()));
    command.addAll(Arrays.asList(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true);
  }

  /** What it printed, shown in the build's log too, with {@code exit N} as the last line. */
  static String run(Path folder, ProcessBuilder demo) throws Exception {
    Path output = folder.resolve("output.txt");
    Process process = demo.redirectOutput(output.toFile()).start();
    boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
    if (!ended) process.destroyForcibly().waitFor();
    String told = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
    System.out.println(told);
    return told + (ended ? "exit " + process.exitValue() : "still running");
  }
}
