package dev.latchkey.agent.cli;

import java.util.Collections;
import java.util.List;

/** The command or the settings are at fault: exit code 2. Each line says what and what to do. */
final class NotUnderstood extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<String> faults;

  NotUnderstood(String fault) {
    this(Collections.singletonList(fault));
  }

  NotUnderstood(List<String> faults) {
    super(String.join("\n", faults));
    this.faults = faults;
  }

  List<String> faults() {
    return faults;
  }
}
