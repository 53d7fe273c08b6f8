package dev.latchkey.sample.simulator;

import java.io.IOException;
import java.time.Clock;

/** Runs the simulator on its own until the process is ended: {@code Main [port]}. */
public final class Main {
  private Main() {}

  /** Starts it, and prints where it is and the key that may make keys. */
  public static void main(String[] args) throws IOException, InterruptedException {
    int port = args.length == 0 ? 0 : Integer.parseInt(args[0]);
    try (Simulator simulator = Simulator.start(port, Clock.systemUTC())) {
      System.out.println("OpenRouter simulator: " + simulator.baseUrl());
      // Worth nothing outside this process, so it may be shown.
      System.out.println("Management key:       " + simulator.managementKey());
      Thread.currentThread().join();
    }
  }
}
