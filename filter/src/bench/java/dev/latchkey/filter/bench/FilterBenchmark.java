package dev.latchkey.filter.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Time and bytes that the filter adds to a request, in one process and in turns: with and without
 * it, for a stranger and for a user who has logged in. The agent is there and hears who is calling.
 */
public final class FilterBenchmark {
  private static final int ROUNDS = 15;
  private static final int REQUESTS = 10_000;
  private static final int WARM_UP = 5;

  private FilterBenchmark() {}

  /** Runs it and prints a table. */
  public static void main(String[] args) throws Exception {
    Path folder = Files.createDirectories(Paths.get(System.getProperty("bench.folder")));
    Path config = folder.resolve("latchkey.yaml");
    String settings =
        "store: {url: memory}\nproviders:\n  bench: {base-url: 'http://127.0.0.1:9/', attach:"
            + " {header: X-Key}, owner: user, env: [BENCH_KEY]}\n";
    Files.write(config, settings.getBytes(UTF_8));
    Path filter = Paths.get(System.getProperty("bench.filter"));
    try (BenchServer server = BenchServer.start(folder, filter, config.toString())) {
      System.out.println("| request | without | with | added | bytes added |");
      System.out.println("|---|---|---|---|---|");
      measure(server, "of a stranger", "", "");
      measure(server, "of a user", login(server, "/without"), login(server, "/with"));
    }
    System.exit(0);
  }

  private static String login(BenchServer server, String context) throws IOException {
    try (Connection connection = new Connection(server.port())) {
      String head = connection.send("POST", context + "/hello");
      Matcher cookie = Pattern.compile("JSESSIONID=(\\w+)").matcher(head);
      if (!cookie.find()) throw new IOException("no session in " + head);
      return "Cookie: JSESSIONID=" + cookie.group(1) + "\r\n";
    }
  }

  private static void measure(BenchServer server, String name, String without, String with)
      throws IOException {
    Cost[] plain = new Cost[ROUNDS];
    Cost[] filtered = new Cost[ROUNDS];
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      boolean turned = round % 2 != 0;
      Cost one = turned ? null : round(server, "/without/hello", without);
      Cost two = round(server, "/with/hello", with);
      if (turned) one = round(server, "/without/hello", without);
      if (round < 0) continue;
      plain[round] = one;
      filtered[round] = two;
    }
    double before = median(plain, true);
    double after = median(filtered, true);
    double bytes = median(filtered, false) - median(plain, false);
    System.out.printf(
        "| %s | %.1f us | %.1f us | %+.1f us (%+.1f %%) | %+.0f |%n",
        name, before, after, after - before, 100 * (after - before) / before, bytes);
  }

  private static Cost round(BenchServer server, String path, String headers) throws IOException {
    byte[] request =
        ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n")
            .getBytes(ISO_8859_1);
    try (Connection connection = new Connection(server.port())) {
      connection.send(request);
      long bytes = serverBytes();
      long begun = System.nanoTime();
      for (int i = 0; i < REQUESTS; i++) connection.send(request);
      long nanos = System.nanoTime() - begun;
      return new Cost(nanos / 1e3 / REQUESTS, (serverBytes() - bytes) / (double) REQUESTS);
    }
  }

  private static long serverBytes() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long sum = 0;
    for (long id : threads.getAllThreadIds()) {
      java.lang.management.ThreadInfo info = threads.getThreadInfo(id);
      if (info != null && info.getThreadName().startsWith("http-")) {
        sum += Math.max(0, threads.getThreadAllocatedBytes(id));
      }
    }
    return sum;
  }

  private static double median(Cost[] costs, boolean time) {
    double[] values = new double[costs.length];
    for (int i = 0; i < costs.length; i++) values[i] = time ? costs[i].micros : costs[i].bytes;
    Arrays.sort(values);
    return values[values.length / 2];
  }

  private static final class Cost {
    final double micros;
    final double bytes;

    Cost(double micros, double bytes) {
      this.micros = micros;
      this.bytes = bytes;
    }
  }
}
