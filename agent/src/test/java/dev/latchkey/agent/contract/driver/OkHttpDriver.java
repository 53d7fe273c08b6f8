package dev.latchkey.agent.contract.driver;

import dev.latchkey.agent.contract.Answer;
import dev.latchkey.agent.contract.Call;
import dev.latchkey.agent.contract.ClientDriver;
import dev.latchkey.agent.contract.Faults;
import dev.latchkey.agent.contract.Settings;
import dev.latchkey.agent.contract.Tls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Callback;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** OkHttp 3, 4 and 5. */
public final class OkHttpDriver implements ClientDriver {
  /** A call with this header is sent on twice by an interceptor of the application. */
  private static final String TWICE = "X-Send-Twice";

  /** Each hop of a call with this header is sent on by another thread. */
  private static final String ELSEWHERE = "X-Send-Elsewhere";

  private final OkHttpClient client;

  /** By name. */
  public OkHttpDriver(Settings settings) throws Exception {
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .sslSocketFactory(
                Tls.context(settings.keyStore()).getSocketFactory(),
                Tls.trust(settings.keyStore()));
    if (settings.proxyPort() != 0) builder.proxy(proxy(settings));
    builder.addInterceptor(OkHttpDriver::twice).addNetworkInterceptor(OkHttpDriver::elsewhere);
    // A client made from a client, as applications do, must not be hooked twice.
    client = builder.build().newBuilder().build();
  }

  @Override
  public Answer send(Call call) throws Exception {
    return answer(call(call).execute());
  }

  @Override
  public Running start(Call call) {
    okhttp3.Call running = call(call);
    CompletableFuture<Answer> future = new CompletableFuture<>();
    running.enqueue(new Completing(future));
    return new FutureRunning(future, running::cancel);
  }

  @Override
  public Streaming open(Call call) throws Exception {
    Response response = call(call).execute();
    return new Stream(response.code(), response.body().byteStream(), response::close);
  }

  @Override
  public int leased() {
    return client.connectionPool().connectionCount()
        - client.connectionPool().idleConnectionCount();
  }

  @Override
  public void close() {
    client.dispatcher().executorService().shutdownNow();
    client.connectionPool().evictAll();
  }

  private static Response twice(Interceptor.Chain chain) throws IOException {
    Request request = chain.request();
    if (request.header(TWICE) != null) chain.proceed(request).close();
    return chain.proceed(request);
  }

  private static Response elsewhere(Interceptor.Chain chain) throws IOException {
    Request request = chain.request();
    if (request.header(ELSEWHERE) == null) return chain.proceed(request);
    CompletableFuture<Response> answer = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                answer.complete(chain.proceed(request));
              } catch (Throwable fault) {
                answer.completeExceptionally(fault);
              }
            });
    thread.start();
    return answer.join();
  }

  private okhttp3.Call call(Call call) {
    OkHttpClient patient =
        client.newBuilder().readTimeout(call.readTimeoutMillis(), TimeUnit.MILLISECONDS).build();
    return patient.newCall(request(call));
  }

  private static Request request(Call call) {
    Request.Builder request =
        new Request.Builder().url(call.url()).method(call.method(), body(call));
    for (String[] header : call.headers()) request.header(header[0], header[1]);
    return request.build();
  }

  private static @Nullable RequestBody body(Call call) {
    switch (call.kind()) {
      case BYTES:
        return RequestBody.create(null, call.content());
      case ONE_SHOT:
        return new OneShot(call.content());
      case BROKEN:
        return new Broken();
      default:
        return null;
    }
  }

  private static Proxy proxy(Settings settings) {
    return new Proxy(Proxy.Type.HTTP, new InetSocketAddress("localhost", settings.proxyPort()));
  }

  private static Answer answer(Response response) throws IOException {
    try (Response closing = response) {
      Answer answer = Answer.of(closing.code(), closing.body().bytes());
      answer.headers(closing.headers().toMultimap());
      for (Response r = closing; r != null; r = r.priorResponse()) sights(answer, r);
      return answer;
    }
  }

  private static void sights(Answer answer, Response response) {
    answer.sight("request", response.request()).sight("headers", response.request().headers());
    answer.sight("response", response).sight("answered", response.headers());
    Response network = response.networkResponse();
    if (network == null) return;
    answer.sight("network", network.request()).sight("sent", network.request().headers());
  }

  /** A body that says it can be written once. */
  private static final class OneShot extends RequestBody {
    private byte @Nullable [] content;

    OneShot(byte[] content) {
      this.content = content;
    }

    @Override
    public @Nullable MediaType contentType() {
      return null;
    }

    /** Overrides the method that versions from 3.14 on have. */
    @SuppressWarnings({"MissingOverride", "unused"})
    public boolean isOneShot() {
      return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      byte[] bytes = content;
      if (bytes == null) throw new IllegalStateException("written twice");
      content = null;
      sink.write(bytes);
    }
  }

  /** A body of an application that lacks a class. */
  private static final class Broken extends RequestBody {
    private final BrokenStream stream = new BrokenStream();

    @Override
    public @Nullable MediaType contentType() {
      return null;
    }

    @Override
    public void writeTo(BufferedSink sink) {
      stream.read();
    }
  }

  /** Completes a future. */
  private static final class Completing implements Callback {
    private final CompletableFuture<Answer> future;

    Completing(CompletableFuture<Answer> future) {
      this.future = future;
    }

    @Override
    public void onFailure(okhttp3.Call call, IOException fault) {
      future.completeExceptionally(fault);
    }

    @Override
    public void onResponse(okhttp3.Call call, Response response) {
      try {
        future.complete(answer(response));
      } catch (Throwable fault) {
        future.completeExceptionally(Faults.unwrapped(fault));
      }
    }
  }
}
