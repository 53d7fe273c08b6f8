package dev.latchkey.agent.build;

import java.util.function.Supplier;

/** An interface with lambdas of its own. */
interface Named {
  default String named() {
    Supplier<String> mine = () -> "named by " + getClass().getSimpleName();
    return mine.get();
  }

  static Supplier<String> of(String name) {
    return () -> "of " + name;
  }
}
