package dev.latchkey.agent.propagate;

import dev.latchkey.agent.bridge.LatchkeyBridge;
import java.util.concurrent.atomic.AtomicMarkableReference;
import org.jspecify.annotations.Nullable;

/** What a server gets from {@code AsyncContext.start}; the application never sees it again. */
final class StartedTask implements Runnable {
  private final Runnable task;
  private final AtomicMarkableReference<@Nullable String> caller;

  StartedTask(Runnable task, AtomicMarkableReference<@Nullable String> caller) {
    this.task = task;
    this.caller = caller;
  }

  @Override
  public void run() {
    LatchkeyBridge.runAs(caller, task);
  }

  @Override
  public String toString() {
    return task.toString();
  }
}
