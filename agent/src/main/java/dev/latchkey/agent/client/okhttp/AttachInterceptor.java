package dev.latchkey.agent.client.okhttp;

import dev.latchkey.agent.hop.Caller;
import dev.latchkey.agent.hop.Hidden;
import dev.latchkey.core.call.KeyedCall;
import dev.latchkey.core.call.OutboundCalls;
import dev.latchkey.core.call.Refusal;
import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The last network interceptor: runs for every hop that is really sent, never for cached answers or
 * websockets. The answer goes up with the request as it came down, so neither the application nor a
 * redirect built from it sees the key.
 */
final class AttachInterceptor implements Interceptor {
  private final OutboundCalls calls;
  private final Supplier<@Nullable Hops> led;

  /** For one call. */
  AttachInterceptor(OutboundCalls calls, Hops hops) {
    this(calls, () -> hops);
  }

  /**
   * For every call.
   *
   * @param led the hops of the call that is under way on this thread
   */
  AttachInterceptor(OutboundCalls calls, Supplier<@Nullable Hops> led) {
    this.calls = calls;
    this.led = led;
  }

  @Nullable Hops hops() {
    return led.get();
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Hops hops = led.get();
    if (hops != null) return intercept(chain, hops);
    // Sent by another thread than the call's, which only a thread-local does not see.
    Hops alone = new Hops(Caller.owner());
    try {
      return intercept(chain, alone);
    } finally {
      alone.end();
    }
  }

  private Response intercept(Chain chain, Hops hops) throws IOException {
    Request request = chain.request();
    KeyedCall call = open(hops, request);
    if (call == null) return chain.proceed(request);
    Refusal refusal = call.refusal();
    if (refusal != null) throw new Refused(refusal, request);
    return send(chain, hops, call);
  }

  private @Nullable KeyedCall open(Hops hops, Request request) {
    hops.supersede();
    HttpUrl url = request.url();
    boolean near = calls.knows(url.scheme(), url.host(), url.port());
    return near && hops.areUnderWay() ? hops.open(calls, request) : null;
  }

  private static Response send(Chain chain, Hops hops, KeyedCall call) throws IOException {
    Request request = chain.request();
    try {
      return answered(call, request, chain.proceed(attached(request, call)), hops);
    } catch (IOException fault) {
      call.failed(fault);
      throw (IOException) Hidden.in(fault, call);
    } catch (RuntimeException | Error fault) {
      call.failed(fault);
      throw fault;
    }
  }

  private static Request attached(Request request, KeyedCall call) {
    try {
      Request.Builder builder = request.newBuilder();
      for (Map.Entry<String, String> each : call.headers()) {
        builder.header(each.getKey(), each.getValue());
      }
      String before = request.url().encodedQuery();
      String query = call.query(before);
      if (query != before) builder.url(request.url().newBuilder().encodedQuery(query).build());
      return builder.build();
    } catch (RuntimeException | LinkageError ours) {
      return request;
    }
  }

  private static Response answered(KeyedCall call, Request request, Response sent, Hops hops) {
    Response.Builder restored = sent.newBuilder().request(request);
    String location = sent.header("Location");
    if (location != null) restored.header("Location", call.hide(location));
    Response response = restored.build();
    hops.answered(call, response);
    return response;
  }
}
