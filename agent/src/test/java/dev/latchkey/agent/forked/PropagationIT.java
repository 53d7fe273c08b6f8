package dev.latchkey.agent.forked;

import dev.latchkey.agent.forked.carry.CarryApp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whose work in other threads is, with {@code identity.propagate} and without. */
final class PropagationIT {
  private static final String NOWHERE = "http://127.0.0.1:1/api";

  @TempDir Path folder;

  static Stream<Jdk> jdks() {
    return Jdk.all();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void tmp(Jdk jdk) throws IOException {
    Fork.Result on = app(jdk, true);
    System.out.println(jdk + "\n" + on);
    System.out.println(jdk + "\n" + app(jdk, false));
  }

  private Fork.Result app(Jdk jdk, boolean propagate) throws IOException {
    Path config = folder.resolve("latchkey.yaml");
    String text =
        "store: {url: memory}\nidentity: {propagate: "
            + propagate
            + "}\nproviders:\n  my-api:\n    base-url: "
            + NOWHERE
            + "\n    attach: {header: X-API-Key}\n";
    Files.write(config, text.getBytes(StandardCharsets.UTF_8));
    return Fork.of(jdk)
        .withAgent("config=" + config)
        .flag("-Djava.util.concurrent.ForkJoinPool.common.parallelism=3")
        .flag("-XX:+BytecodeVerificationLocal")
        .run(CarryApp.class, NOWHERE + "/ask");
  }

  private static Map<String, String> lines(Fork.Result result) {
    Map<String, String> lines = new LinkedHashMap<>();
    for (String line : result.out.split("\r?\n")) {
      int equals = line.indexOf('=');
      lines.put(line.substring(0, equals), line.substring(equals + 1));
    }
    return lines;
  }
}
