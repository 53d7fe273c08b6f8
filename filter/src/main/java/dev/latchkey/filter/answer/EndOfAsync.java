package dev.latchkey.filter.answer;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/** Ends a held answer that nobody has completed by hand, such as after a dispatch. */
final class EndOfAsync implements AsyncListener {
  private final Runnable end;

  EndOfAsync(Runnable end) {
    this.end = end;
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
