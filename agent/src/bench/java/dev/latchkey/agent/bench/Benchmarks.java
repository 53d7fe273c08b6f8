package dev.latchkey.agent.bench;

/** Runs one part: see agent/BENCHMARKS.md. */
public final class Benchmarks {
  private Benchmarks() {}

  /** The part's name, and optionally how many rounds. */
  public static void main(String[] arguments) throws Exception {
    String part = arguments.length > 0 ? arguments[0] : "";
    int rounds = arguments.length > 1 && !arguments[1].isEmpty() ? Integer.parseInt(arguments[1]) : 7;
    switch (part) {
      case "startup":
        StartUp.run(rounds);
        break;
      default:
        throw new IllegalArgumentException(
            "no such part: " + part + "; there are unmanaged, attach, calls, startup, premain");
    }
  }
}
