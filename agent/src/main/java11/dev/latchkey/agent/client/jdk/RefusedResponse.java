package dev.latchkey.agent.client.jdk;

import dev.latchkey.core.call.Refusal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** An answer that came from nowhere, its body read by the application's own handler. */
final class RefusedResponse<T> implements HttpResponse<T>, HttpResponse.ResponseInfo {
  private final Refusal refusal;
  private final HttpRequest request;
  private final BodyHandler<T> handler;
  private final HttpHeaders headers;
  private volatile @Nullable T body;

  private RefusedResponse(Refusal refusal, HttpRequest request, BodyHandler<T> handler) {
    this.refusal = refusal;
    this.request = request;
    this.handler = handler;
    Map<String, List<String>> head =
        Map.of(
            "content-type", List.of(refusal.contentType()),
            "content-length", List.of(Integer.toString(refusal.body().length)));
    this.headers = HttpHeaders.of(head, (name, value) -> true);
  }

  static <T> RefusedResponse<T> of(Refusal refusal, HttpRequest request, BodyHandler<T> handler) {
    return new RefusedResponse<>(refusal, request, handler);
  }

  /** For {@code send}. */
  HttpResponse<T> now() throws IOException, InterruptedException {
    try {
      return read().get();
    } catch (ExecutionException theirs) {
      Throwable cause = theirs.getCause();
      throw cause instanceof IOException ? (IOException) cause : new IOException(cause);
    }
  }

  /** For {@code sendAsync}; the application's handler does not run on the application's thread. */
  CompletableFuture<HttpResponse<T>> later(HttpClient client) {
    Executor executor = client.executor().orElse(ForkJoinPool.commonPool());
    return CompletableFuture.supplyAsync(this::read, executor).thenCompose(read -> read);
  }

  private CompletableFuture<HttpResponse<T>> read() {
    BodySubscriber<T> subscriber = handler.apply(this);
    List<ByteBuffer> all = List.of(ByteBuffer.wrap(refusal.body()).asReadOnlyBuffer());
    ResumedBody<T> source = new ResumedBody<>(subscriber, null, all, new Serial());
    source.begin();
    source.ended(null);
    return subscriber.getBody().toCompletableFuture().thenApply(this::with);
  }

  private HttpResponse<T> with(T read) {
    body = read;
    return this;
  }

  @Override
  public int statusCode() {
    return refusal.status();
  }

  @Override
  public HttpRequest request() {
    return request;
  }

  @Override
  public Optional<HttpResponse<T>> previousResponse() {
    return Optional.empty();
  }

  @Override
  public HttpHeaders headers() {
    return headers;
  }

  @Override
  public @Nullable T body() {
    return body;
  }

  @Override
  public Optional<SSLSession> sslSession() {
    return Optional.empty();
  }

  @Override
  public URI uri() {
    return request.uri();
  }

  @Override
  public HttpClient.Version version() {
    return HttpClient.Version.HTTP_1_1;
  }

  @Override
  public String toString() {
    return "(" + request.method() + " " + request.uri() + ") " + refusal.status();
  }
}
