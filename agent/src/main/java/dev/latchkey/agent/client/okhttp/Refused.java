package dev.latchkey.agent.client.okhttp;

import dev.latchkey.core.call.Refusal;
import java.io.ByteArrayInputStream;
import java.net.ProtocolException;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Okio;

/**
 * Takes a refused hop from the network interceptor, which must not answer by itself, to the
 * application interceptor, which may. A protocol's fault is the one kind that the client between
 * the two does not try again.
 */
final class Refused extends ProtocolException {
  private static final long serialVersionUID = 1;

  private final transient Refusal refusal;
  private final transient Request request;

  Refused(Refusal refusal, Request request) {
    super("refused by Latchkey");
    this.refusal = refusal;
    this.request = request;
  }

  Response response() {
    return response(refusal, request);
  }

  static Response response(Refusal refusal, Request request) {
    byte[] body = refusal.body();
    long now = System.currentTimeMillis();
    return new Response.Builder()
        .request(request)
        .protocol(Protocol.HTTP_1_1)
        .code(refusal.status())
        .message(refusal.reason())
        .header("Content-Type", refusal.contentType())
        .header("Content-Length", Integer.toString(body.length))
        .sentRequestAtMillis(now)
        .receivedResponseAtMillis(now)
        .body(body(refusal.contentType(), body))
        .build();
  }

  private static ResponseBody body(String type, byte[] bytes) {
    return ResponseBody.create(
        MediaType.parse(type),
        bytes.length,
        Okio.buffer(Okio.source(new ByteArrayInputStream(bytes))));
  }
}
