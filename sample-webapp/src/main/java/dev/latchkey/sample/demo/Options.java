package dev.latchkey.sample.demo;

import java.util.Arrays;
import java.util.List;

/** The command line. Immutable. */
final class Options {
  static final String USAGE =
      "Usage: java -jar latchkey-demo.jar [--serve | --live]\n"
          + "  (nothing)  plays the story of a key that renews itself; exit code 0 if all of it held\n"
          + "  --serve    then leaves the application running for your own browser (Ctrl-C ends it)\n"
          + "  --live     plays the beginning against the real OpenRouter, with the provisioning key\n"
          + "             in OPENROUTER_PROVISIONING_KEY; asks two questions, then deletes the key it made";

  private static final List<String> KNOWN = Arrays.asList("--serve", "--live", "--help");

  private final List<String> arguments;

  private Options(List<String> arguments) {
    this.arguments = arguments;
  }

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException if there is anything but one known option
   */
  static Options of(String... arguments) {
    List<String> list = Arrays.asList(arguments);
    if (list.size() > 1 || !KNOWN.containsAll(list)) {
      throw new IllegalArgumentException("unknown arguments: " + String.join(" ", list));
    }
    return new Options(list);
  }

  boolean serve() {
    return arguments.contains("--serve");
  }

  boolean live() {
    return arguments.contains("--live");
  }

  boolean help() {
    return arguments.contains("--help");
  }
}
