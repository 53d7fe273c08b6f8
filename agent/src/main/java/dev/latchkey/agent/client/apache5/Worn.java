package dev.latchkey.agent.client.apache5;

import dev.latchkey.agent.hop.RawTarget;
import dev.latchkey.core.call.KeyedCall;
import java.util.Map;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;

/** A request that carries a key until this is closed; then it is as it was. */
final class Worn implements AutoCloseable {
  private final ClassicHttpRequest request;
  private final Header[] headers;
  private final @Nullable String target;

  private Worn(ClassicHttpRequest request) {
    this.request = request;
    this.headers = request.getHeaders();
    this.target = request.getPath();
  }

  static Worn by(ClassicHttpRequest request, KeyedCall call) {
    Worn worn = new Worn(request);
    try {
      worn.attach(call);
    } catch (RuntimeException | LinkageError ours) {
      worn.close();
    }
    return worn;
  }

  private void attach(KeyedCall call) {
    for (Map.Entry<String, String> each : call.headers()) {
      request.setHeader(each.getKey(), each.getValue());
    }
    if (target == null) return;
    String before = RawTarget.query(target);
    String query = call.query(before);
    if (query != before) request.setPath(RawTarget.withQuery(target, query));
  }

  @Override
  public void close() {
    request.setHeaders(headers);
    if (target != null) request.setPath(target);
  }
}
