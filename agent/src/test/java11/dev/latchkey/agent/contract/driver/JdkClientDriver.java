package dev.latchkey.agent.contract.driver;

import dev.latchkey.agent.contract.Answer;
import dev.latchkey.agent.contract.Call;
import dev.latchkey.agent.contract.ClientDriver;
import dev.latchkey.agent.contract.Settings;
import dev.latchkey.agent.contract.Tls;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** {@code java.net.http.HttpClient}. */
public final class JdkClientDriver implements ClientDriver {
  private final HttpClient client;

  /** By name. */
  public JdkClientDriver(Settings settings) throws Exception {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .sslContext(Tls.context(settings.keyStore()))
            .followRedirects(HttpClient.Redirect.NORMAL);
    if (settings.proxyPort() != 0) {
      builder.proxy(ProxySelector.of(new InetSocketAddress("localhost", settings.proxyPort())));
    }
    client = builder.build();
  }

  @Override
  public Answer send(Call call) throws Exception {
    return answer(client.send(request(call), BodyHandlers.ofByteArray()));
  }

  @Override
  public Running start(Call call) {
    CompletableFuture<HttpResponse<byte[]>> sent =
        client.sendAsync(request(call), BodyHandlers.ofByteArray());
    return new FutureRunning(sent.thenApply(JdkClientDriver::answer), () -> sent.cancel(true));
  }

  @Override
  public Streaming open(Call call) throws Exception {
    HttpResponse<InputStream> response = client.send(request(call), BodyHandlers.ofInputStream());
    return new Stream(response.statusCode(), response.body(), response.body());
  }

  @Override
  public int leased() {
    return -1;
  }

  @Override
  public void close() {}

  private static HttpRequest request(Call call) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(call.url()))
            .timeout(Duration.ofMillis(call.readTimeoutMillis()))
            .method(call.method(), body(call));
    for (String[] header : call.headers()) {
      if (header[0].equals("Expect")) {
        request.expectContinue(true);
      } else {
        request.setHeader(header[0], header[1]);
      }
    }
    return request.build();
  }

  private static BodyPublisher body(Call call) {
    switch (call.kind()) {
      case BYTES:
        return BodyPublishers.ofByteArray(call.content());
      case ONE_SHOT:
        InputStream once = new ByteArrayInputStream(call.content());
        return BodyPublishers.ofInputStream(() -> once);
      case BROKEN:
        return BodyPublishers.ofInputStream(BrokenStream::new);
      default:
        return BodyPublishers.noBody();
    }
  }

  private static Answer answer(HttpResponse<byte[]> response) {
    Answer answer = Answer.of(response.statusCode(), response.body());
    answer.headers(response.headers().map());
    for (HttpResponse<byte[]> r = response; r != null; r = r.previousResponse().orElse(null)) {
      answer
          .sight("response", r)
          .sight("uri", r.uri())
          .sight("request", r.request())
          .sight("headers", r.request().headers())
          .sight("answered", r.headers());
    }
    return answer;
  }
}
