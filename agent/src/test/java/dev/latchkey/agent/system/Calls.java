package dev.latchkey.agent.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What an application's calls came to, as it saw them. Immutable. */
final class Calls {
  /** One call. Immutable. */
  static final class One {
    private final int status;
    private final long millis;
    private final String text;

    One(int status, long millis, String text) {
      this.status = status;
      this.millis = millis;
      this.text = text;
    }

    /** The status; 0 if the call ended with an exception. */
    int status() {
      return status;
    }

    long millis() {
      return millis;
    }

    /** The body, or the exception with its stack trace. */
    String text() {
      return text;
    }

    @Override
    public String toString() {
      return status + " after " + millis + " ms: " + text;
    }
  }

  private final List<One> all;

  private Calls(List<One> all) {
    this.all = all;
  }

  static Calls of(List<String> lines, String id) {
    List<One> all = new ArrayList<>();
    for (String line : lines) {
      String[] words = line.split(" ", 5);
      if (line.startsWith("answer " + id + " ")) {
        String body = words.length > 4 ? words[4] : "";
        all.add(new One(Integer.parseInt(words[2]), Long.parseLong(words[3]), body));
      } else if (line.startsWith("fault " + id + " ")) {
        String stack = line.split(" ", 4)[3];
        all.add(new One(0, Long.parseLong(words[2]), stack));
      }
    }
    return new Calls(all);
  }

  List<One> all() {
    return all;
  }

  One only() {
    if (all.size() != 1) throw new AssertionError("one call expected: " + all);
    return all.get(0);
  }

  /** The statuses there were, each once. */
  Set<Integer> statuses() {
    Set<Integer> out = new TreeSet<>();
    for (One one : all) out.add(one.status());
    return out;
  }

  long slowestMillis() {
    long slowest = 0;
    for (One one : all) slowest = Math.max(slowest, one.millis());
    return slowest;
  }

  @Override
  public String toString() {
    return all.toString();
  }
}
