package dev.latchkey.agent.forked;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A Java agent of the tests: notes when it was started, once before and once after ours. Counts the
 * time that the thread really ran where the system tells (Linux), so that a busy machine doesn't
 * count; elsewhere the time that went by.
 */
public final class Stopwatch {
  private static long began;

  private Stopwatch() {}

  /** Starts with the argument {@code start}, prints the milliseconds since then with any other. */
  public static void premain(String argument) {
    if (argument.equals("start")) {
      now(); // The first reading loads classes.
      began = now();
    } else {
      System.out.println((now() - began) / 1_000_000);
    }
  }

  private static long now() {
    try (InputStream in = new FileInputStream("/proc/thread-self/schedstat")) {
      byte[] line = new byte[128];
      int length = in.read(line);
      return Long.parseLong(new String(line, 0, length, "US-ASCII").split(" ")[0]);
    } catch (IOException | RuntimeException notLinux) {
      return System.nanoTime();
    }
  }
}
