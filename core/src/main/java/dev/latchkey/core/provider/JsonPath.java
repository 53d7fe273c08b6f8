package dev.latchkey.core.provider;

import java.util.List;

/**
 * A JSON pointer (RFC 6901) in which {@code *} stands for any one step, for lists. Immutable; equal
 * by text.
 */
final class JsonPath {
  private final String text;
  private final String[] steps;

  private JsonPath(String text) {
    this.text = text;
    this.steps = text.substring(1).split("/", -1);
    for (int i = 0; i < steps.length; i++) {
      steps[i] = steps[i].replace("~1", "/").replace("~0", "~");
    }
  }

  /**
   * The pointer.
   *
   * @throws IllegalArgumentException if it does not start with {@code /}
   */
  static JsonPath of(String text) {
    if (text.length() < 2 || text.charAt(0) != '/') {
      throw new IllegalArgumentException("a JSON pointer starts with /: " + text);
    }
    return new JsonPath(text);
  }

  /** Whether several places may match. */
  boolean isOpen() {
    for (String step : steps) if (step.equals("*")) return true;
    return false;
  }

  boolean matches(List<String> place) {
    if (place.size() != steps.length) return false;
    for (int i = 0; i < steps.length; i++) {
      if (!steps[i].equals("*") && !steps[i].equals(place.get(i))) return false;
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonPath && ((JsonPath) other).text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
