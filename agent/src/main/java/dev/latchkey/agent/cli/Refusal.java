package dev.latchkey.agent.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A command cannot be carried out; each line says why and what to do. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1;

  private final int exitCode;

  @SuppressWarnings("serial") // an unmodifiable ArrayList of strings
  private final List<String> faults;

  private Refusal(int exitCode, List<String> faults) {
    super(String.join("\n", faults));
    this.exitCode = exitCode;
    this.faults = Collections.unmodifiableList(new ArrayList<>(faults));
  }

  /** The command or the settings are at fault. */
  static Refusal notUnderstood(List<String> faults) {
    return new Refusal(Answer.NOT_UNDERSTOOD, faults);
  }

  /** The command is at fault. */
  static Refusal notUnderstood(String fault) {
    return notUnderstood(Collections.singletonList(fault));
  }

  /** The command is right, and what it asks about is not there. */
  static Refusal notFine(String fault) {
    return new Refusal(Answer.NOT_FINE, Collections.singletonList(fault));
  }

  int exitCode() {
    return exitCode;
  }

  List<String> faults() {
    return faults;
  }
}
