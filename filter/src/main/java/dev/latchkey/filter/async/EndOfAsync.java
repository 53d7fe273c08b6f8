package dev.latchkey.filter.async;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/** Notices the end of a request that goes on without its first thread. */
public final class EndOfAsync implements AsyncListener {
  private final Runnable end;

  private EndOfAsync(Runnable end) {
    this.end = end;
  }

  /**
   * Has {@code end} run when that request is over, however it ends.
   *
   * @throws IllegalStateException if it is over already
   */
  public static void of(AsyncContext context, Runnable end) {
    context.addListener(new EndOfAsync(end));
  }

  @Override
  public void onComplete(AsyncEvent event) {
    end.run();
  }

  /** What the container or the application does about it decides; the end comes after it. */
  @Override
  public void onTimeout(AsyncEvent event) {}

  @Override
  public void onError(AsyncEvent event) {}

  /** A container forgets its listeners when a dispatched request starts again. */
  @Override
  public void onStartAsync(AsyncEvent event) {
    event.getAsyncContext().addListener(this);
  }
}
