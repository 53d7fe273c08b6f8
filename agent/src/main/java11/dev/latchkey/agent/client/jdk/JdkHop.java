package dev.latchkey.agent.client.jdk;

import dev.latchkey.agent.hop.RawTarget;
import dev.latchkey.core.call.KeyedCall;
import dev.latchkey.core.provider.AnswerHead;
import dev.latchkey.core.provider.Classifier;
import java.net.http.HttpHeaders;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One hop: the call that carries its key, if it has one, and whether that was reported. */
final class JdkHop {
  // Which of the redirecting statuses it was is not told where it is followed, and means nothing.
  private static final int REDIRECTED = 302;

  private final JdkCall call;
  private final @Nullable KeyedCall key;
  private final AtomicBoolean reported = new AtomicBoolean();

  JdkHop(JdkCall call, @Nullable KeyedCall key) {
    this.call = call;
    this.key = key;
  }

  JdkCall call() {
    return call;
  }

  /** The call that carries the key; null for none. */
  @Nullable KeyedCall key() {
    return key;
  }

  /** The request target with the key in its query; null to leave it. */
  @Nullable String target(String target) {
    if (key == null) return null;
    String before = RawTarget.query(target);
    String query = key.query(before);
    return query == before ? null : RawTarget.withQuery(target, query);
  }

  /** The same for HTTP/2. */
  @Nullable HttpHeaders pseudo(HttpHeaders pseudo) {
    String before = pseudo.firstValue(":path").orElse(null);
    String path = before == null ? null : target(before);
    return path == null ? null : with(pseudo, Collections.singletonMap(":path", path).entrySet());
  }

  /** The application's headers with the key's set; null to leave them. */
  @Nullable HttpHeaders headers(HttpHeaders headers) {
    return key == null || key.headers().isEmpty() ? null : with(headers, key.headers());
  }

  /** The answer's headers, safe to be seen. */
  HttpHeaders answered(HttpHeaders headers) {
    String location = key == null ? null : headers.firstValue("Location").orElse(null);
    if (key == null || location == null) return headers;
    String safe = key.hide(location);
    if (safe.equals(location)) return headers;
    return with(headers, Collections.singletonMap("Location", safe).entrySet());
  }

  /** The client follows this hop's answer elsewhere. */
  void redirected() {
    report(new JdkHead(REDIRECTED, HttpHeaders.of(Collections.emptyMap(), (n, v) -> true)));
  }

  /** The client repeats this hop with credentials of the application. */
  void superseded() {
    failed(new IllegalStateException("repeated by the client with other credentials"));
  }

  /** Whether the key was refused. */
  boolean report(AnswerHead head, byte... prefix) {
    return key != null
        && reported.compareAndSet(false, true)
        && key.answered(head, prefix.length == 0 ? Classifier.NO_BODY : prefix);
  }

  void failed(Throwable fault) {
    if (key != null && reported.compareAndSet(false, true)) key.failed(fault);
  }

  private static HttpHeaders with(
      HttpHeaders headers, Iterable<? extends Map.Entry<String, String>> set) {
    Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(headers.map());
    for (Map.Entry<String, String> each : set) all.put(each.getKey(), List.of(each.getValue()));
    return HttpHeaders.of(all, (name, value) -> true);
  }
}
