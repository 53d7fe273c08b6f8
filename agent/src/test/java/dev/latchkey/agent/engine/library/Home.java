package dev.latchkey.agent.engine.library;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The library's main class, with switches that only the copy it is set on obeys. */
public final class Home {
  /** Not null: as if the library were too old for the adapter. */
  public static final AtomicReference<@Nullable String> BROKEN = new AtomicReference<>();

  /** Runs while an adapter is made. */
  public static final AtomicReference<@Nullable Runnable> MEANWHILE = new AtomicReference<>();

  private Home() {}
}
