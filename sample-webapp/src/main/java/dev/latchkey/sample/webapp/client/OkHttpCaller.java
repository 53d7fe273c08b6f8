package dev.latchkey.sample.webapp.client;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** OkHttp. */
final class OkHttpCaller implements HttpCaller {
  private static final MediaType JSON = MediaType.get("application/json");

  private final OkHttpClient client =
      new OkHttpClient.Builder()
          .connectTimeout(CONNECT_MILLIS, TimeUnit.MILLISECONDS)
          .readTimeout(READ_MILLIS, TimeUnit.MILLISECONDS)
          .build();

  @Override
  public String label() {
    return "OkHttp";
  }

  @Override
  public HttpReply post(String url, Map<String, String> headers, String json) throws IOException {
    Request request =
        new Request.Builder()
            .url(url)
            .headers(Headers.of(headers))
            .post(RequestBody.create(JSON, json))
            .build();
    try (Response response = client.newCall(request).execute()) {
      ResponseBody body = response.body();
      return new HttpReply(response.code(), body == null ? "" : body.string());
    }
  }

  @Override
  public void close() {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}
