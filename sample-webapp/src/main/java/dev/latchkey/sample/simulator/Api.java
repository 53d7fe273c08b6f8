package dev.latchkey.sample.simulator;

import org.jspecify.annotations.Nullable;

/** A part of the provider's API. Thread-safe. */
interface Api {
  /** The answer, or null where this part has nothing at that method and path. */
  @Nullable Answer answer(Call call);
}
