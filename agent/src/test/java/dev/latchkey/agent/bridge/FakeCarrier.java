package dev.latchkey.agent.bridge;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicMarkableReference;
import org.jspecify.annotations.Nullable;

/** Gives what the test says, or fails in everything. */
final class FakeCarrier extends LatchkeyBridge {
  private static final List<AtomicMarkableReference<@Nullable String>> SUBMITTED =
      new ArrayList<>();
  private static boolean failing;
  private static @Nullable AtomicMarkableReference<@Nullable String> next;

  private FakeCarrier() {}

  /** For good: there is one in a JVM, and it does nothing after a {@link #reset}. */
  static void install() {
    LatchkeyBridge.carry(new FakeCarrier());
  }

  static void reset() {
    failing = false;
    next = null;
    SUBMITTED.clear();
  }

  static void fails() {
    failing = true;
  }

  static void gives(String user) {
    next = new AtomicMarkableReference<>(user, true);
  }

  static List<AtomicMarkableReference<@Nullable String>> submitted() {
    return SUBMITTED;
  }

  @Override
  protected void onSubmit(
      Object by, Object task, AtomicMarkableReference<@Nullable String> caller) {
    fail();
    SUBMITTED.add(caller);
  }

  @Override
  protected @Nullable AtomicMarkableReference<@Nullable String> onRun(Object task) {
    fail();
    return next;
  }

  @Override
  protected @Nullable AtomicMarkableReference<@Nullable String> onThread(Thread thread) {
    fail();
    return null;
  }

  @Override
  protected Runnable onStart(Runnable task, AtomicMarkableReference<@Nullable String> caller) {
    fail();
    return task;
  }

  private static void fail() {
    if (failing) throw new LinkageError("ours");
  }
}
