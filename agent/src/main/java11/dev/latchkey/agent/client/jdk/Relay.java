package dev.latchkey.agent.client.jdk;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * What the application gets for its asynchronous call. Cancelling it, or a stage that depends on
 * it, cancels whatever is under way, as with the client's own futures.
 */
final class Relay<T> extends CompletableFuture<T> {
  private final Running running;

  Relay(Running running) {
    this.running = running;
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new Relay<>(running);
  }

  @Override
  public boolean cancel(boolean mayInterrupt) {
    boolean cancelled = super.cancel(mayInterrupt);
    if (cancelled) running.cancel(mayInterrupt);
    return cancelled;
  }

  /** The client's own future of the attempt that is under way. */
  static final class Running {
    private volatile @Nullable Future<?> attempt;
    private volatile boolean cancelled;

    void is(Future<?> next) {
      attempt = next;
      if (cancelled) next.cancel(true);
    }

    void cancel(boolean mayInterrupt) {
      cancelled = true;
      Future<?> current = attempt;
      if (current != null) current.cancel(mayInterrupt);
    }
  }
}
