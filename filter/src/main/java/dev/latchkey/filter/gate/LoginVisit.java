package dev.latchkey.filter.gate;

import dev.latchkey.filter.answer.HeldRequest;
import dev.latchkey.filter.answer.HeldResponse;
import dev.latchkey.filter.login.KeyStatus;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A request that may be a login, from its beginning to the end of its answer. */
final class LoginVisit {
  private static final String ATTRIBUTE = "dev.latchkey.filter.login";

  private final Visits visits;
  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final @Nullable HeldResponse held;
  private final AtomicBoolean ended = new AtomicBoolean();

  LoginVisit(
      Visits visits, boolean json, HttpServletRequest request, HttpServletResponse response) {
    this.visits = visits;
    this.held = json ? new HeldResponse(response, this::end) : null;
    this.response = response;
    this.request = held == null ? request : new HeldRequest(request, held, this::end);
  }

  static boolean isUnderWay(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) != null;
  }

  /** The one that this request belongs to, dispatched once more. */
  static LoginVisit of(HttpServletRequest request) {
    return (LoginVisit) request.getAttribute(ATTRIBUTE);
  }

  void go(FilterChain chain) throws IOException, ServletException {
    request.setAttribute(ATTRIBUTE, this);
    goOn(request, held == null ? response : held, chain);
  }

  /** Runs the application's part, and ends the visit unless it goes on elsewhere. */
  void goOn(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    try {
      chain.doFilter(request, response);
    } catch (IOException | ServletException | RuntimeException | Error fault) {
      fail();
      throw fault;
    }
    if (!request.isAsyncStarted()) end();
  }

  /** The answer is complete: syncs if it was a login, and lets the held answer go. */
  private void end() {
    if (!ended.compareAndSet(false, true)) return;
    request.removeAttribute(ATTRIBUTE);
    String json = null;
    try {
      Map<String, Object> status = response.getStatus() < 400 ? visits.loggedIn(request) : null;
      json = status == null ? null : KeyStatus.json(status);
    } catch (RuntimeException | LinkageError e) {
      Visits.tell(e);
    }
    release(json);
  }

  private void release(@Nullable String json) {
    if (held == null) return;
    try {
      held.release(json);
    } catch (IOException gone) {
      // The client has left: so says the container in its own way.
    }
  }

  private void fail() {
    if (held == null || !ended.compareAndSet(false, true)) return;
    request.removeAttribute(ATTRIBUTE);
    try {
      held.discard();
    } catch (IOException | RuntimeException gone) {
      // The application's own fault is the one to tell.
    }
  }
}
