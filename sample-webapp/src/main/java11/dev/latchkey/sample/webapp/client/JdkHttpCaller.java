package dev.latchkey.sample.webapp.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** The client that came with Java 11; loaded only where it exists. */
final class JdkHttpCaller implements HttpCaller {
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofMillis(CONNECT_MILLIS)).build();

  @Override
  public String label() {
    return "java.net.http.HttpClient";
  }

  @Override
  public HttpReply post(String url, Map<String, String> headers, String json) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofMillis(READ_MILLIS))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json));
    headers.forEach(request::setHeader);
    try {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new HttpReply(response.statusCode(), response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for " + url);
    }
  }
}
