package dev.latchkey.agent.forked;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How long the application's main waits for us; the best of some runs, the machine is shared. */
final class StartUpIT {
  private static final int LONGEST_MS = 100;
  private static final int MOST_RUNS = 15;

  @TempDir Path folder;

  static Stream<Jdk> jdks() {
    return Jdk.all();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void premainIsShort(Jdk jdk) throws IOException {
    Path stopwatch = stopwatch();
    int best = Integer.MAX_VALUE;
    for (int run = 0; run < MOST_RUNS && best > LONGEST_MS; run++) {
      best = Math.min(best, premain(jdk, stopwatch));
    }
    assertThat(best).as("milliseconds in premain on %s", jdk).isLessThanOrEqualTo(LONGEST_MS);
    System.out.println("premain on " + jdk + ": " + best + " ms");
  }

  private static int premain(Jdk jdk, Path stopwatch) {
    Fork.Result result =
        Fork.of(jdk)
            .flag("-javaagent:" + stopwatch + "=start")
            .withAgent("")
            .flag("-javaagent:" + stopwatch + "=stop")
            .run(Apps.Hello.class);
    assertThat(result.out).as("%s", result).endsWith(String.format("hello%n"));
    return Integer.parseInt(result.out.split("\\R")[0]);
  }

  private Path stopwatch() throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", Stopwatch.class.getName());
    Path jar = folder.resolve("stopwatch.jar");
    String name = Stopwatch.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        InputStream in = Stopwatch.class.getClassLoader().getResourceAsStream(name)) {
      out.putNextEntry(new JarEntry(name));
      byte[] buffer = new byte[4096];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) out.write(buffer, 0, n);
    }
    return jar;
  }
}
