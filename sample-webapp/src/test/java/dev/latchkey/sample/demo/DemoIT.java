package dev.latchkey.sample.demo;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged demo, run as its reader runs it. */
@Timeout(300)
class DemoIT {
  @TempDir Path folder;

  @Test
  void everyStepOfTheStoryHolds() throws Exception {
    String told = DemoJar.run(folder, demo());

    assertThat(told).contains("Every step held (").doesNotContain("FAILED");
    assertThat(told).doesNotContainPattern("sk-or-v1-[0-9a-f]{8}");
    assertThat(told).endsWith("\nexit 0");
    assertThat(folder.resolve("tmp")).isEmptyDirectory();
  }

  @Test
  void theApplicationEndsWithTheDemo() throws Exception {
    Process demo = demo("--serve").start();
    String url = url(demo);
    assertThat(isServed(url)).isTrue();

    List<ProcessHandle> children = demo.descendants().collect(toList());
    assertThat(children).as("the application's own JVM").anyMatch(DemoIT::runs);

    demo.destroyForcibly().waitFor();

    boolean ended = false;
    for (int i = 0; i < 600 && !ended; i++) {
      ended = children.stream().noneMatch(DemoIT::runs);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    assertThat(ended).as("the application's JVM has ended").isTrue();
    assertThat(isServed(url)).as("somebody serves at " + url).isFalse();
  }

  @Test
  void unknownArgumentsAreRefused() throws Exception {
    Process demo = demo("--sevre").start();

    assertThat(demo.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(demo.exitValue()).isEqualTo(2);
  }

  private ProcessBuilder demo(String... arguments) throws IOException {
    return DemoJar.command(folder, Collections.emptyList(), arguments);
  }

  private static String url(Process demo) throws IOException {
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(demo.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder told = new StringBuilder();
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      told.append(line).append('\n');
      String mark = "The application is running: ";
      if (line.startsWith(mark)) return line.substring(mark.length());
    }
    throw new IOException("the demo ended early:\n" + told);
  }

  /** What ended has no program, also where nobody asks for its exit code and it stays "alive". */
  private static boolean runs(ProcessHandle process) {
    return process.info().command().isPresent();
  }

  private static boolean isServed(String url) {
    try {
      new URL(url).openStream().close();
      return true;
    } catch (IOException e) {
      // Anything but a refused connection is still somebody's answer.
      return !(e instanceof ConnectException);
    }
  }
}
