package dev.latchkey.agent.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;

/** One start-up: wall clock and processor time. */
final class Start {
  private static final double MILLIS_PER_TICK = 10; // Linux counts in 1/100 s

  private final double wallMillis;
  private final double cpuMillis;

  Start(double wallMillis, double cpuMillis) {
    this.wallMillis = wallMillis;
    this.cpuMillis = cpuMillis;
  }

  double wallMillis() {
    return wallMillis;
  }

  double cpuMillis() {
    return cpuMillis;
  }

  /** What Linux says the process has used so far; NaN elsewhere. */
  static double cpuMillis(Process process) {
    try {
      // Process.pid() is not there on Java 8; toString names it from 9 on, and this runs on 17.
      String pid = process.toString().replaceAll(".*pid=(\\d+).*", "$1");
      Path stat = Paths.get("/proc/" + pid + "/stat");
      String[] fields = new String(Files.readAllBytes(stat), StandardCharsets.US_ASCII).split(" ");
      return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) * MILLIS_PER_TICK;
    } catch (IOException | RuntimeException e) {
      return Double.NaN;
    }
  }
}
