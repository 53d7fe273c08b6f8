package dev.latchkey.agent.client.okhttp;

import dev.latchkey.agent.hop.Hidden;
import dev.latchkey.core.call.KeyedCall;
import dev.latchkey.core.call.OutboundCalls;
import dev.latchkey.core.call.Refusal;
import java.io.IOException;
import java.util.Map;
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
  private final ThreadLocal<@Nullable Hops> current;

  AttachInterceptor(OutboundCalls calls, ThreadLocal<@Nullable Hops> current) {
    this.calls = calls;
    this.current = current;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    KeyedCall call = open(request);
    if (call == null) return chain.proceed(request);
    Refusal refusal = call.refusal();
    if (refusal != null) throw new Refused(refusal, request);
    return send(chain, request, call);
  }

  private @Nullable KeyedCall open(Request request) {
    HttpUrl url = request.url();
    Hops hops = current.get();
    if (hops != null) hops.supersede();
    if (!calls.knows(url.scheme(), url.host(), url.port())) return null;
    if (hops == null) current.set(hops = new Hops(null));
    return hops.open(calls, request);
  }

  private Response send(Chain chain, Request request, KeyedCall call) throws IOException {
    try {
      return answered(call, request, chain.proceed(attached(request, call)));
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

  private Response answered(KeyedCall call, Request request, Response sent) {
    Response.Builder restored = sent.newBuilder().request(request);
    String location = sent.header("Location");
    if (location != null) restored.header("Location", call.hide(location));
    Response response = restored.build();
    Hops hops = current.get();
    if (hops != null) hops.answered(call, response);
    return response;
  }
}
