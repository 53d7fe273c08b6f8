package dev.latchkey.agent.client.jdk;

import dev.latchkey.agent.hop.Caller;
import dev.latchkey.core.call.KeyedCall;
import dev.latchkey.core.call.OutboundCalls;
import dev.latchkey.core.call.Refusal;
import dev.latchkey.core.key.Owner;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One call of the application from its first hop to its answer, or the repetition of its last hop.
 * Hops follow each other on the client's threads.
 */
final class JdkCall {
  private final OutboundCalls calls;
  private final HttpRequest request;
  private final @Nullable Owner owner;
  private final boolean repetition;
  private volatile JdkHop last;
  private volatile @Nullable KeyedCall next;
  private volatile boolean redirected;
  private boolean over;

  private JdkCall(
      OutboundCalls calls,
      HttpRequest request,
      @Nullable Owner owner,
      @Nullable KeyedCall first,
      boolean repetition) {
    this.calls = calls;
    this.request = request;
    this.owner = owner;
    this.repetition = repetition;
    this.last = new JdkHop(this, first);
  }

  /** A call that may come to carry a key; null for one that never will. */
  static @Nullable JdkCall of(OutboundCalls calls, HttpClient client, HttpRequest request) {
    // Websockets begin as a request of the client's own kind.
    if (request.getClass().getName().endsWith(".HttpRequestImpl")) return null;
    boolean follows = client.followRedirects() != HttpClient.Redirect.NEVER;
    KeyedCall first = open(calls, request, null);
    return first == null && !follows
        ? null
        : new JdkCall(calls, request, Caller.owner(), first, false);
  }

  /**
   * The refused hop once more with another key; where it led to by redirects, not from the start.
   */
  JdkCall again(KeyedCall key, HttpRequest lastHop) {
    return new JdkCall(calls, redirected ? lastHop : request, owner, key, true);
  }

  /** Why the call must not begin; null if it may. Where redirects lead to is not refused. */
  @Nullable Refusal refusal() {
    KeyedCall first = last.key();
    return first == null ? null : first.refusal();
  }

  HttpRequest request() {
    return request;
  }

  JdkHop firstHop() {
    return last;
  }

  JdkHop lastHop() {
    return last;
  }

  /** A hop that the client was led to. */
  JdkHop nextHop(HttpRequest hop) {
    redirected = true;
    return last = new JdkHop(this, open(calls, hop, owner));
  }

  /** The key to send the last hop with again; null until there is one. */
  @Nullable KeyedCall next() {
    return next;
  }

  /** Gets another key; the future never fails, and completes with null to keep the answer. */
  CompletableFuture<@Nullable KeyedCall> renew(KeyedCall refused) {
    if (repetition || !Repeatable.is(request)) {
      return CompletableFuture.completedFuture(refused.replay(false));
    }
    return refused.replayAsync(true).thenApply(this::arrived);
  }

  private @Nullable KeyedCall arrived(@Nullable KeyedCall key) {
    if (key == null || take(key)) return key;
    key.failed(new CancellationException("given up before it was sent"));
    return null;
  }

  private synchronized boolean take(KeyedCall key) {
    if (!over) next = key;
    return !over;
  }

  /** The call ended without an answer, or nobody wants one any more. */
  void failed(Throwable fault) {
    last.failed(fault);
    KeyedCall unused = end();
    if (unused != null) unused.failed(fault);
  }

  private synchronized @Nullable KeyedCall end() {
    over = true;
    return next;
  }

  private static @Nullable KeyedCall open(
      OutboundCalls calls, HttpRequest request, @Nullable Owner owner) {
    URI uri = request.uri();
    if (uri == null || uri.getScheme() == null || uri.getHost() == null) return null;
    JdkOutbound hop = new JdkOutbound(request);
    if (!calls.manages(hop.scheme(), hop.host(), hop.port(), hop.path())) return null;
    return calls.open(hop, owner);
  }
}
