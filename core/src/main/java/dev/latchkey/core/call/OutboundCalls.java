package dev.latchkey.core.call;

import dev.latchkey.core.key.Owner;
import org.jspecify.annotations.Nullable;

/**
 * The front door: what the adapter of an HTTP client must do. All decisions are made behind it;
 * adapters translate.
 *
 * <ol>
 *   <li><b>Ask on every hop.</b> Before a request really goes out (redirects and retries of the
 *       client included) call {@link #manages}. False: leave the hop alone, nothing was allocated.
 *       A hop that leads elsewhere than the one before is a new question.
 *   <li><b>Open.</b> Else {@link #open} the call. Null: leave it alone, there is no key for it.
 *       Where it has a {@link KeyedCall#refusal} the hop must not leave: give the application that
 *       answer as if it had come from there, and open no connection if you can help it. (To know in
 *       time, a call may be opened ahead; one that was not sent is not reported.)
 *   <li><b>Attach.</b> Set (never add) {@link KeyedCall#headers} and replace the raw query by
 *       {@link KeyedCall#query} on the hop, and only there: what the application sees of its own
 *       request, and what a redirect copies, stays as the application made it.
 *   <li><b>Hide.</b> Pass every redirect's {@code Location}, and every message of an exception that
 *       can name the URL, through {@link KeyedCall#hide} before anybody else reads it.
 *   <li><b>Report.</b> When the answer's head is there and before the application has seen any of
 *       it, ask {@link KeyedCall#wantsBody}; if so peek at a growing prefix until {@link
 *       KeyedCall#decided}; then call {@link KeyedCall#answered} exactly once. A hop that brought
 *       no answer is reported by {@link KeyedCall#failed}.
 *   <li><b>Replay.</b> If {@code answered} returns true, call {@link KeyedCall#replay} with whether
 *       the request can be sent again as it is. It blocks, bounded; not on an event loop: there use
 *       {@link KeyedCall#replayAsync}. Null: give the application the answer it has, every byte of
 *       it. Else let go of that answer and send the request again with the call you were given: a
 *       call that is {@link KeyedCall#isReplay} reports like any other and is never replayed.
 *   <li><b>Never harm.</b> None of these methods throws. A fault in the adapter itself before the
 *       first send: send as the application wished. Exceptions of the real call pass unchanged.
 * </ol>
 *
 * <p>Safe for use by many threads.
 */
public interface OutboundCalls {

  /**
   * Duty 1: whether a call to this place may carry one of our keys. No lock, no I/O; allocates
   * nothing for hosts that are nobody's.
   *
   * @param scheme {@code http} or {@code https}, lower case
   * @param port the port in use; -1 for the scheme's own
   * @param path the raw path; empty counts as {@code /}
   */
  boolean manages(String scheme, String host, int port, String path);

  /**
   * Before duty 1, for clients that must build the path to ask it: false where no path at this
   * origin is managed. Never false too often; allocates nothing.
   *
   * @param port the port in use; -1 for the scheme's own
   */
  default boolean knows(String scheme, String host, int port) {
    return true;
  }

  /**
   * Before duty 2: false where no call is ever refused, so that none need be opened ahead to know.
   */
  default boolean refuses() {
    return true;
  }

  /**
   * Duty 2: opens a call; waits, bounded, only where no key is known yet.
   *
   * @param owner whose key; null for the one who is calling on this thread, or the default owner
   * @return null where the call should go out as the application made it
   */
  @Nullable KeyedCall open(OutboundRequest request, @Nullable Owner owner);
}
