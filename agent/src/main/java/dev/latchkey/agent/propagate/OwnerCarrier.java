package dev.latchkey.agent.propagate;

import dev.latchkey.agent.bridge.LatchkeyBridge;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.atomic.AtomicMarkableReference;
import org.jspecify.annotations.Nullable;

/** Keeps whose a task is from the thread that submits it to the one that runs it. */
final class OwnerCarrier extends LatchkeyBridge {
  private final WaitingTasks waiting = WaitingTasks.create();

  private OwnerCarrier() {}

  static OwnerCarrier create() {
    return new OwnerCarrier();
  }

  @Override
  protected void onSubmit(
      Object by, Object task, AtomicMarkableReference<@Nullable String> caller) {
    if (isPeriodic(task) || Infrastructure.has(by, task)) return;
    if (task instanceof ForkJoinTask || task instanceof Thread) {
      waiting.put(task, caller);
    } else {
      waiting.add(task, caller);
    }
  }

  @Override
  protected @Nullable AtomicMarkableReference<@Nullable String> onRun(Object task) {
    return waiting.take(task);
  }

  /** A virtual thread may outlive its request by far: it is its user's only as long as that. */
  @Override
  protected @Nullable AtomicMarkableReference<@Nullable String> onThread(Thread thread) {
    AtomicMarkableReference<@Nullable String> caller = waiting.get(thread);
    return caller != null && (caller.isMarked() || !isVirtual(thread)) ? caller : null;
  }

  @Override
  protected Runnable onStart(Runnable task, AtomicMarkableReference<@Nullable String> caller) {
    return new StartedTask(task, caller);
  }

  // It goes on long after the request, and is the application's work, not the user's.
  private static boolean isPeriodic(Object task) {
    return task instanceof RunnableScheduledFuture
        && ((RunnableScheduledFuture<?>) task).isPeriodic();
  }

  // Thread.isVirtual() is younger than Java 8; no class of the application can be in java.lang.
  private static boolean isVirtual(Thread thread) {
    return thread.getClass() != Thread.class
        && thread.getClass().getName().startsWith("java.lang.");
  }
}
