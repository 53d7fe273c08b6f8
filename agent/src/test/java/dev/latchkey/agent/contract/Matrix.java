package dev.latchkey.agent.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Writes which client ran which part of the contract, and what it lacks, to a table. */
final class Matrix implements TestWatcher, AfterAllCallback {
  private static final Map<String, Map<String, Row>> RAN = new TreeMap<>();

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
    for (Map.Entry<String, Map<String, Row>> way : RAN.entrySet()) {
      Path file = folder.resolve(fileName(way.getKey()) + ".md");
      Files.write(file, Bytes.of(table(way.getKey(), way.getValue())));
    }
    join(folder);
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

  private static String fileName(String way) {
    return way.replaceAll("[^A-Za-z0-9.]+", "-");
  }

  private static String table(String way, Map<String, Row> rows) {
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

  private static Row row(ExtensionContext context) {
    HttpClientContract test = (HttpClientContract) context.getRequiredTestInstance();
    synchronized (RAN) {
      return RAN.computeIfAbsent(test.way(), way -> new TreeMap<>())
          .computeIfAbsent(test.subject.name(), name -> new Row());
    }
  }

  private static final class Row {
    int passed;
    int failed;
    int skipped;
    final TreeSet<String> reasons = new TreeSet<>();

    @Override
    public String toString() {
      return " | " + passed + " | " + failed + " | " + skipped;
    }
  }
}
