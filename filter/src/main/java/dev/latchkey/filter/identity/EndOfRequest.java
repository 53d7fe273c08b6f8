package dev.latchkey.filter.identity;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/** Notices the end of a request that goes on without its first thread. */
final class EndOfRequest implements AsyncListener {
  private final Runnable end;

  EndOfRequest(Runnable end) {
    this.end = end;
  }

  @Override
  public void onComplete(AsyncEvent event) {
    end.run();
  }

  /** Each of them is followed by the end. */
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
