package dev.latchkey.core.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The settings cannot be used; carries every fault at once. No fault holds a secret. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1;

  @SuppressWarnings("serial") // An unmodifiable ArrayList of strings.
  private final List<String> faults;

  ConfigException(List<String> faults) {
    super(String.join(System.lineSeparator(), faults));
    this.faults = Collections.unmodifiableList(new ArrayList<>(faults));
  }

  /**
   * One line each, as the file's lines go: {@code latchkey.yaml:12 store.url: what is wrong; what
   * is allowed}.
   */
  public List<String> faults() {
    return faults;
  }
}
