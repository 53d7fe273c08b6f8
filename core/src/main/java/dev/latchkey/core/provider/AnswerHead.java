package dev.latchkey.core.provider;

import org.jspecify.annotations.Nullable;

/**
 * A provider's answer without its body, as an adapter sees it. An adapter extends this over its
 * client's own response type; no copy is made.
 */
public abstract class AnswerHead {
  /** For adapters and tests. */
  protected AnswerHead() {}

  /** The HTTP status. */
  public abstract int status();

  /** The first value of a header, name in any case; null where it is absent. */
  public abstract @Nullable String header(String name);
}
