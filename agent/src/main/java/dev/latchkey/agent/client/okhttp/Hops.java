package dev.latchkey.agent.client.okhttp;

import dev.latchkey.core.call.KeyedCall;
import dev.latchkey.core.call.OutboundCalls;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.provider.AnswerHead;
import dev.latchkey.core.provider.Classifier;
import java.io.IOException;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The hops of one call that carry our keys, handed from the network interceptor to the application
 * interceptor on the thread that runs both. Only the last hop's answer reaches the latter, with its
 * body unpacked; the others are reported by their heads.
 */
final class Hops {
  private final Call whole;
  private final @Nullable Owner owner;
  private @Nullable KeyedCall replay;
  private @Nullable HttpUrl replayUrl;
  private @Nullable KeyedCall pending;
  private @Nullable AnswerHead head;

  /** The hops of one call; of the one who is calling on this thread where {@code owner} is null. */
  Hops(Call whole, @Nullable Owner owner) {
    this.whole = whole;
    this.owner = owner;
  }

  boolean areOf(Call call) {
    return whole == call;
  }

  /** The next hop to this place uses the call. */
  void replay(KeyedCall call, HttpUrl url) {
    replay = call;
    replayUrl = url;
  }

  /** The call for a hop; null for none. */
  @Nullable KeyedCall open(OutboundCalls calls, Request request) {
    KeyedCall given = replay;
    if (given == null || !request.url().equals(replayUrl)) {
      return calls.open(new OkOutbound(request), owner);
    }
    replay = null;
    return given;
  }

  /** A hop's answer is here; whether it is the last one is not known yet. */
  void answered(KeyedCall call, Response response) {
    pending = call;
    head = new OkHead(response);
    if (response.isRedirect()) supersede();
  }

  /** The client goes on to another hop, so nobody will read the last answer's body. */
  void supersede() {
    KeyedCall call = pending;
    AnswerHead answer = head;
    pending = null;
    if (call == null || answer == null) return;
    if (call.answered(answer, Classifier.NO_BODY)) call.replay(false);
  }

  /** The call whose answer is the last one; null if it was not one of ours. */
  @Nullable KeyedCall last() {
    KeyedCall call = pending;
    pending = null;
    return call;
  }

  /** The call is over, one way or the other. */
  void end() {
    supersede();
    KeyedCall unused = replay;
    replay = null;
    if (unused != null) unused.failed(new IOException("the call ended before it was sent"));
  }
}
