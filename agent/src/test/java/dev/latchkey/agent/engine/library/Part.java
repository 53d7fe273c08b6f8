package dev.latchkey.agent.engine.library;

/** Another hooked class of the library. */
public final class Part {
  private Part() {}
}
