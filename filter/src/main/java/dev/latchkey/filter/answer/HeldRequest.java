package dev.latchkey.filter.answer;

import dev.latchkey.filter.async.EndOfAsync;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

/**
 * A login whose answer is held: what the application does asynchronously keeps the held answer, and
 * ends it when it says that it has completed.
 */
public final class HeldRequest extends HttpServletRequestWrapper {
  private final HeldResponse response;
  private final Runnable end;
  private @Nullable HeldAsync async;

  /**
   * A request around the real one.
   *
   * @param end what to do just before an asynchronous answer is complete; may be called twice
   */
  public HeldRequest(HttpServletRequest real, HeldResponse response, Runnable end) {
    super(real);
    this.response = response;
    this.end = end;
  }

  /** The container would hand the application its own response otherwise, past the held one. */
  @Override
  public AsyncContext startAsync() {
    return startAsync(this, response);
  }

  @Override
  public AsyncContext startAsync(ServletRequest request, ServletResponse answer) {
    AsyncContext real = super.startAsync(request, answer);
    EndOfAsync.of(real, end);
    async = new HeldAsync(real, end);
    return async;
  }

  @Override
  public AsyncContext getAsyncContext() {
    AsyncContext known = async;
    return known == null ? super.getAsyncContext() : known;
  }
}
