package dev.latchkey.filter.gate;

import dev.latchkey.core.key.Owner;
import dev.latchkey.filter.identity.Caller;
import dev.latchkey.filter.identity.UserSource;
import dev.latchkey.filter.login.LoginPaths;
import dev.latchkey.filter.login.Logins;
import dev.latchkey.filter.login.SessionNote;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Every request on its way through: says who is calling while it runs, syncs a user's keys when he
 * logs in, and notes the result in his session. What goes wrong here changes no request.
 */
final class Visits {
  private static final String INSIDE = "dev.latchkey.filter.inside";

  private final boolean dryRun;
  private final boolean json;
  private final Duration patience;
  private final LoginPaths paths;
  private final UserSource users;
  private final Caller caller;
  private final Logins logins;

  Visits(Options options, boolean dryRun, UserSource users, Caller caller, Logins logins) {
    this.dryRun = dryRun;
    this.json = options.value(Options.LOGIN_JSON);
    this.patience = options.value(Options.SYNC_TIMEOUT);
    this.paths = options.loginPaths();
    this.users = users;
    this.caller = caller;
    this.logins = logins;
  }

  /** Lets a request through. */
  void pass(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    boolean nested = request.getAttribute(INSIDE) != null;
    String outer = nested ? caller.now() : null;
    Owner user = user(request);
    caller.becomes(user == null ? null : user.id());
    if (!nested) request.setAttribute(INSIDE, Boolean.TRUE);
    try {
      go(request, response, chain, user);
    } finally {
      if (nested) caller.becomes(outer);
      else leave(request);
    }
  }

  /** The thread is nobody's from here on, whatever the container says of a request that is over. */
  private void leave(HttpServletRequest request) {
    try {
      request.removeAttribute(INSIDE);
      if (request.isAsyncStarted()) caller.leave(request);
    } catch (RuntimeException e) {
      tell(e);
    } finally {
      caller.becomes(null);
    }
  }

  private void go(
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain,
      @Nullable Owner user)
      throws IOException, ServletException {
    if (LoginVisit.isUnderWay(request)) {
      LoginVisit.of(request).goOn(request, response, chain);
    } else if (paths.match(request)) {
      new LoginVisit(this, json && !dryRun, request, response).go(chain);
    } else {
      if (user != null) greet(request, user);
      chain.doFilter(request, response);
      if (user != null && !request.isAsyncStarted()) seeOff(request, user);
    }
  }

  /** A session that knows nothing of its user's keys yet learns it, before the page is made. */
  private void greet(HttpServletRequest request, Owner user) {
    safely(
        () -> {
          if (dryRun || SessionNote.isReady(request, user)) return;
          boolean waits = !SessionNote.isBegun(request, user);
          SessionNote.write(request, logins.of(user).status(waits ? patience : Duration.ZERO));
        });
  }

  /** Whoever has logged out is forgotten. */
  private void seeOff(HttpServletRequest request, Owner user) {
    safely(
        () -> {
          if (user(request) != null) return;
          logins.forget(user);
          SessionNote.erase(request);
        });
  }

  /** Syncs the user of a login that succeeded; null if nobody has logged in. */
  @Nullable Map<String, Object> loggedIn(HttpServletRequest request) {
    String name = dryRun ? null : users.ofLogin(request);
    if (name == null) return null;
    Map<String, Object> status = logins.of(Owner.of(name)).status(patience);
    SessionNote.write(request, status);
    return status;
  }

  /** Who asks; null for nobody. */
  private @Nullable Owner user(HttpServletRequest request) {
    try {
      if (users.isToldAtLoginOnly()) return SessionNote.user(request);
      String name = users.of(request);
      return name == null ? null : Owner.of(name);
    } catch (RuntimeException | LinkageError e) {
      tell(e);
      return null;
    }
  }

  static void safely(Runnable ours) {
    try {
      ours.run();
    } catch (RuntimeException | LinkageError e) {
      tell(e);
    }
  }

  static void tell(Throwable fault) {
    LoggerFactory.getLogger("latchkey")
        .warn("a fault of ours left the request as it is: {}", fault.toString());
  }
}
