package dev.latchkey.sample.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines that Latchkey wrote about keys, as they come. Thread-safe. */
final class EventLog {
  /** Time, level, name; then what is worth showing. */
  private static final Pattern LINE =
      Pattern.compile("\\S*\\d\\d:\\d\\d:\\d\\d\\S*\\s+\\w+\\s+latchkey\\s+(.*)");

  private static final int KEPT = 1_000;

  private final List<String> fresh = new ArrayList<>();
  private boolean echo;

  /** Takes a line of the application's error output; keeps it if it is Latchkey's. */
  synchronized void offer(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) return;
    if (echo) System.out.println("   latchkey  " + matcher.group(1));
    if (fresh.size() == KEPT) fresh.remove(0);
    fresh.add(matcher.group(1));
    notifyAll();
  }

  /** From now on each event is also printed at once. */
  synchronized void echo() {
    echo = true;
  }

  /**
   * Waits until an event of this name has come since the last {@link #take}.
   *
   * @param seconds how long at most
   * @return whether it came
   */
  synchronized boolean await(String event, int seconds) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (count(event) == 0) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) return false;
      wait(left);
    }
    return true;
  }

  private int count(String event) {
    return count(event, fresh);
  }

  /** How many of these lines tell of an event of this name. */
  static int count(String event, List<String> lines) {
    return (int) lines.stream().filter(line -> line.contains(" " + event + " ")).count();
  }

  /** The lines since the last call. */
  synchronized List<String> take() {
    List<String> taken = new ArrayList<>(fresh);
    fresh.clear();
    return taken;
  }
}
