package dev.latchkey.agent.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * What a command has to say, for people and for programs, and its exit code. Holds no secret: keys
 * are in it as masks. Immutable.
 */
final class Answer {
  /** All is well. */
  static final int FINE = 0;

  /** What was asked about is not well. */
  static final int NOT_FINE = 1;

  /** The command or the settings cannot be understood. */
  static final int NOT_UNDERSTOOD = 2;

  private final int exitCode;
  private final List<String> lines;
  private final Map<String, ?> json;

  private Answer(int exitCode, List<String> lines, Map<String, ?> json) {
    this.exitCode = exitCode;
    this.lines = Collections.unmodifiableList(new ArrayList<>(lines));
    this.json = json;
  }

  /** An answer; {@code json} keeps the order of its entries. */
  static Answer of(int exitCode, List<String> lines, Map<String, ?> json) {
    return new Answer(exitCode, lines, json);
  }

  /** 0, 1 or 2. */
  int exitCode() {
    return exitCode;
  }

  /** What people read. */
  List<String> lines() {
    return lines;
  }

  /** What programs read, with {@code --json}. */
  Map<String, ?> json() {
    return json;
  }
}
