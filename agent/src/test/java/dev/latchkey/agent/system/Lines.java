package dev.latchkey.agent.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Everything a process says on one stream, line by line. Safe for use by many threads. */
final class Lines {
  private final List<String> lines = new ArrayList<>();
  private boolean ended;

  private Lines() {}

  /** Reads on a thread of its own until the stream ends. */
  static Lines of(String name, InputStream in) {
    Lines lines = new Lines();
    Thread reader = new Thread(() -> lines.read(in), "lines-" + name);
    reader.setDaemon(true);
    reader.start();
    return lines;
  }

  private void read(InputStream in) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) add(line);
    } catch (IOException e) {
      add("(cut off: " + e + ")");
    } finally {
      end();
    }
  }

  private synchronized void add(String line) {
    lines.add(line);
    notifyAll();
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** All lines so far; a copy. */
  synchronized List<String> all() {
    return new ArrayList<>(lines);
  }

  /** The lines so far that contain this. */
  List<String> with(String part) {
    return matching(line -> line.contains(part));
  }

  List<String> matching(Predicate<String> wanted) {
    List<String> out = all();
    out.removeIf(wanted.negate());
    return out;
  }

  /** Waits for a line; an {@link AssertionError} with all lines if it does not come in time. */
  String await(String what, Duration bound, Predicate<String> wanted) throws InterruptedException {
    return await(0, what, bound, wanted);
  }

  /** The same, without the first {@code from} lines. */
  synchronized String await(int from, String what, Duration bound, Predicate<String> wanted)
      throws InterruptedException {
    long end = System.nanoTime() + bound.toNanos();
    for (int next = from; ; ) {
      for (; next < lines.size(); next++) {
        if (wanted.test(lines.get(next))) return lines.get(next);
      }
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (ended || left <= 0) {
        throw new AssertionError(
            "no " + what + (ended ? " before the end" : "") + " in:\n" + text());
      }
      wait(left);
    }
  }

  /** Waits until the stream has ended, so that nothing is missing. */
  synchronized void awaitEnd(Duration bound) throws InterruptedException {
    long end = System.nanoTime() + bound.toNanos();
    while (!ended) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) throw new AssertionError("the stream has not ended");
      wait(left);
    }
  }

  synchronized String text() {
    return String.join("\n", lines);
  }
}
