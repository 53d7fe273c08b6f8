package dev.latchkey.agent.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Writes which client ran which part of the contract, and what it lacks, to a table, and holds the
 * README's table against it.
 */
final class Matrix implements TestWatcher, AfterAllCallback {
  /** The suite has more tests than that, whatever a client lacks. */
  private static final int LEAST = 60;

  private static final Map<String, Run> RAN = new TreeMap<>();

  @Override
  public void testSuccessful(ExtensionContext context) {
    row(context).passed++;
  }

  @Override
  public void testFailed(ExtensionContext context, Throwable cause) {
    row(context).failed++;
  }

  @Override
  public void testAborted(ExtensionContext context, Throwable cause) {
    Row row = row(context);
    row.skipped++;
    row.reasons.add(cause.getMessage().replace("Assumption failed: ", ""));
  }

  @Override
  public void testDisabled(ExtensionContext context, Optional<String> reason) {
    row(context).skipped++;
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    Path folder = Paths.get("target", "client-matrix");
    Files.createDirectories(folder);
    for (Map.Entry<String, Run> run : RAN.entrySet()) {
      Files.write(folder.resolve(run.getValue().fileName()), Bytes.of(run.getValue().table()));
    }
    join(folder);
    List<Run> whole = RAN.values().stream().filter(Run::isWhole).collect(Collectors.toList());
    RAN.clear(); // The next class in this JVM tells of itself alone.
    ReadmeClients readme = ReadmeClients.read();
    for (Run run : whole) readme.holdAgainst(run.way, run.passed());
  }

  /** What ran in this JVM and in those of the build before it. */
  private static void join(Path folder) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().collect(Collectors.toList())) {
        all.append(Bytes.text(Files.readAllBytes(file))).append('\n');
      }
    }
    Files.write(Paths.get("target", "client-matrix.md"), Bytes.of(all.toString()));
  }

  private static Row row(ExtensionContext context) {
    HttpClientContract test = (HttpClientContract) context.getRequiredTestInstance();
    Way way = test.way();
    synchronized (RAN) {
      return RAN.computeIfAbsent(way.toString(), text -> new Run(way)).row(test.subject.name());
    }
  }

  private static final class Run {
    final Way way;
    final Map<String, Row> rows = new TreeMap<>();

    Run(Way way) {
      this.way = way;
    }

    Row row(String client) {
      return rows.computeIfAbsent(client, name -> new Row());
    }

    /** Not a single test that somebody picked, and nothing that is red anyway. */
    boolean isWhole() {
      return rows.values().stream().allMatch(row -> row.failed == 0 && row.tests() >= LEAST);
    }

    Set<String> passed() {
      return rows.keySet();
    }

    String fileName() {
      return way.toString().replaceAll("[^A-Za-z0-9.]+", "-") + ".md";
    }

    String table() {
      StringBuilder out = new StringBuilder("Contract " + way + "\n\n");
      out.append("| client | passed | failed | skipped |\n|---|---|---|---|\n");
      rows.forEach((name, row) -> out.append("| ").append(name).append(row).append(" |\n"));
      out.append("\nSkipped, because:\n\n");
      rows.values().stream()
          .flatMap(row -> row.reasons.stream())
          .distinct()
          .forEach(reason -> out.append("- ").append(reason).append('\n'));
      return out.toString();
    }
  }

  private static final class Row {
    int passed;
    int failed;
    int skipped;
    final TreeSet<String> reasons = new TreeSet<>();

    int tests() {
      return passed + failed + skipped;
    }

    @Override
    public String toString() {
      return " | " + passed + " | " + failed + " | " + skipped;
    }
  }
}
