package dev.latchkey.agent.client.okhttp;

import dev.latchkey.core.call.KeyedCall;
import dev.latchkey.core.call.OutboundCalls;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.provider.AnswerHead;
import dev.latchkey.core.provider.Classifier;
import java.io.IOException;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The hops of one call that carry our keys, handed from the network interceptor to the application
 * interceptor, which waits for it. Only the last hop's answer reaches the latter, with its body
 * unpacked; the others are reported by their heads.
 */
final class Hops {
  private static final String NOT_SENT = "the call ended before it was sent";

  private final @Nullable Owner owner;
  private boolean underWay = true;
  private boolean busy;
  private boolean sentAgain;
  private @Nullable KeyedCall again;
  private @Nullable KeyedCall replay;
  private @Nullable HttpUrl replayUrl;
  private @Nullable KeyedCall pending;
  private @Nullable AnswerHead head;

  /** The hops of one call; of the one who is calling on this thread where {@code owner} is null. */
  Hops(@Nullable Owner owner) {
    this.owner = owner;
  }

  @Nullable Owner owner() {
    return owner;
  }

  boolean areUnderWay() {
    return underWay;
  }

  /** Goes on where the call's last hop asked to be sent again. */
  Hops after(@Nullable Hops last, HttpUrl url) {
    if (last == null) return this;
    busy = last.busy;
    sentAgain = last.sentAgain;
    KeyedCall call = last.again;
    last.again = null;
    if (call != null && url.equals(last.replayUrl)) replay(call, url);
    else if (call != null) call.failed(new IOException(NOT_SENT));
    return this;
  }

  /**
   * Whether the hop may be sent again: once in a call, and only where the client would do so if it
   * were told that the server is busy, which it is told once in a row.
   *
   * @param status what came now
   */
  boolean maySendAgain(int status) {
    boolean wasBusy = busy;
    busy = status == Busy.STATUS;
    return !wasBusy && !sentAgain && Busy.isHeeded();
  }

  /** The client will send the hop again, with this call. */
  void sendAgain(KeyedCall call, HttpUrl url) {
    again = call;
    replayUrl = url;
    sentAgain = true;
    busy = true;
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
    underWay = false;
    supersede();
    KeyedCall unused = replay;
    replay = null;
    if (unused != null) unused.failed(new IOException(NOT_SENT));
  }
}
