package dev.latchkey.agent.propagate;

import java.util.concurrent.atomic.AtomicMarkableReference;
import org.jspecify.annotations.Nullable;

/**
 * How often a task waits, and for whom. One object that several users have submitted at a time is
 * nobody's: which run is whose cannot be told, and a wrong guess would spend another user's key.
 * Immutable.
 */
final class Waiting {
  private final @Nullable AtomicMarkableReference<@Nullable String> caller;
  private final int times;

  private Waiting(@Nullable AtomicMarkableReference<@Nullable String> caller, int times) {
    this.caller = caller;
    this.times = times;
  }

  static Waiting once(AtomicMarkableReference<@Nullable String> caller) {
    return new Waiting(caller, 1);
  }

  @Nullable AtomicMarkableReference<@Nullable String> caller() {
    return caller;
  }

  Waiting more(AtomicMarkableReference<@Nullable String> another) {
    return new Waiting(isSameUser(another) ? another : null, times + 1);
  }

  @Nullable Waiting less() {
    return times == 1 ? null : new Waiting(caller, times - 1);
  }

  private boolean isSameUser(AtomicMarkableReference<@Nullable String> another) {
    if (caller == null) return false;
    String user = caller.getReference();
    return user != null && user.equals(another.getReference());
  }
}
