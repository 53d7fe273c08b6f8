package dev.latchkey.agent.client.okhttp;

import dev.latchkey.agent.hop.Caller;
import dev.latchkey.agent.hop.Peek;
import dev.latchkey.agent.hop.Wait;
import dev.latchkey.core.call.KeyedCall;
import dev.latchkey.core.call.OutboundCalls;
import dev.latchkey.core.call.Refusal;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.provider.AnswerHead;
import dev.latchkey.core.provider.Classifier;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CancellationException;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/**
 * The last application interceptor: reports the answer that the application would get and, where
 * the key was refused, sends the last hop once more. Network interceptors may not do that; this one
 * always runs on a thread that may block.
 */
final class ReplayInterceptor implements Interceptor {
  private final OutboundCalls calls;
  private final ThreadLocal<@Nullable Hops> current;
  private final Owners owners;

  ReplayInterceptor(OutboundCalls calls, ThreadLocal<@Nullable Hops> current, Owners owners) {
    this.calls = calls;
    this.current = current;
    this.owners = owners;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    // An interceptor of the application may make a call of its own on this thread.
    Hops outer = current.get();
    Hops hops = hops(chain, null);
    current.set(hops);
    try {
      return around(new Below(chain), hops);
    } finally {
      current.set(outer);
    }
  }

  /** The hops of a call; those before it where it is one hop of a call that began elsewhere. */
  Hops hops(Chain chain, @Nullable Hops before) {
    Owner starter = owners.of(chain.call());
    // Told apart here: an interceptor of the application may go on in another thread.
    Owner owner = starter == null ? Caller.owner() : starter;
    return new Hops(owner).after(before, chain.request().url());
  }

  /** A whole call. */
  Response around(Onward below, Hops hops) throws IOException {
    Chain chain = below.chain();
    try {
      Refusal refusal = refusal(chain.request(), hops);
      if (refusal != null) return Refused.response(refusal, chain.request());
      return settle(below, hops, below.proceed(chain.request()));
    } catch (Refused hop) {
      return hop.response();
    } finally {
      hops.end();
    }
  }

  /**
   * One hop of a call that began elsewhere. Nothing below the client's follow-up interceptor may
   * send twice, and a second one below the first would try again what the first tries again, too.
   * So that one is told what makes it send the hop once more: that the server is busy.
   */
  Response hop(Interceptor bridge, Chain chain, Hops hops) throws IOException {
    try {
      Refusal refusal = refusal(chain.request(), hops);
      if (refusal != null) return Refused.response(refusal, chain.request());
      return settle(chain, hops, bridge.intercept(chain));
    } finally {
      hops.end();
    }
  }

  private static Response settle(Chain chain, Hops hops, Response response) throws IOException {
    KeyedCall call = hops.last();
    boolean again = hops.maySendAgain(response.code());
    if (call == null) return response;
    Seen seen = Seen.of(call, response);
    if (!seen.refused) return seen.response;
    KeyedCall next = again ? another(chain, call, seen.response) : call.replay(false);
    if (next == null) return seen.response;
    hops.sendAgain(next, chain.request().url());
    return Busy.insteadOf(seen.response);
  }

  /** Asked ahead, before there is a connection; later hops are refused where they are sent. */
  private @Nullable Refusal refusal(Request request, Hops hops) {
    if (!calls.refuses()) return null;
    HttpUrl url = request.url();
    boolean ours = calls.manages(url.scheme(), url.host(), url.port(), url.encodedPath());
    // A websocket begins as a request, too, and never carries a key of ours.
    if (!ours || request.header("Upgrade") != null) return null;
    KeyedCall call = calls.open(new OkOutbound(request), hops.owner());
    return call == null ? null : call.refusal();
  }

  private static Response settle(Onward below, Hops hops, Response response) throws IOException {
    KeyedCall call = hops.last();
    if (call == null) return response;
    Seen seen = Seen.of(call, response);
    KeyedCall next = seen.refused ? another(below.chain(), call, seen.response) : null;
    if (next == null) return seen.response;
    seen.response.close();
    hops.replay(next, response.request().url());
    Response second = below.proceed(response.request());
    KeyedCall replayed = hops.last();
    Response answer = replayed == null ? second : Seen.of(replayed, second).response;
    return withPrior(answer, response);
  }

  private static @Nullable KeyedCall another(Chain chain, KeyedCall call, Response response)
      throws IOException {
    try {
      if (!Repeatable.is(response.request().body())) return call.replay(false);
      return Wait.forReplay(call, () -> cancelled(chain));
    } catch (CancellationException gone) {
      response.close();
      throw new IOException("Canceled");
    } catch (RuntimeException | LinkageError ours) {
      return null;
    }
  }

  private static boolean cancelled(Chain chain) {
    return chain.call().isCanceled();
  }

  /** What led to the hop that was replayed is still what came before its answer. */
  private static Response withPrior(Response answer, Response first) {
    if (answer.priorResponse() != null || first.priorResponse() == null) return answer;
    return answer.newBuilder().priorResponse(first.priorResponse()).build();
  }

  /** The next interceptor of the chain, where ours stands in it. */
  private static final class Below implements Onward {
    private final Chain chain;

    Below(Chain chain) {
      this.chain = chain;
    }

    @Override
    public Chain chain() {
      return chain;
    }

    @Override
    public Response proceed(Request request) throws IOException {
      return chain.proceed(request);
    }
  }

  /** An answer that was reported. */
  private static final class Seen {
    private final Response response;
    private final boolean refused;

    private Seen(Response response, boolean refused) {
      this.response = response;
      this.refused = refused;
    }

    static Seen of(KeyedCall call, Response response) {
      Response network = response.networkResponse();
      AnswerHead head = new OkHead(network == null ? response : network);
      boolean whole = head.status() == response.code() && response.body() != null;
      if (!whole || !call.wantsBody(head)) {
        return new Seen(response, call.answered(head, Classifier.NO_BODY));
      }
      return peeked(call, response);
    }

    private static Seen peeked(KeyedCall call, Response response) {
      // Read above the client's unpacking, so the unpacked answer's own head tells how to read it.
      AnswerHead head = new OkHead(response);
      ResponseBody body = response.body();
      InputStream in = body.byteStream();
      Peek peek = Peek.into(in, call, head);
      ResponseBody whole =
          ResponseBody.create(
              body.contentType(), body.contentLength(), Okio.buffer(Okio.source(peek.whole(in))));
      Response same = response.newBuilder().body(whole).build();
      return new Seen(same, call.answered(head, peek.prefix()));
    }
  }
}
