package dev.latchkey.agent.build;

/** Whose methods {@link Lambdas} refers to. */
class Parent {
  String inherited() {
    return "inherited";
  }
}
