package dev.latchkey.sample.webapp.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.Timeout;

/** Apache HttpClient 5, classic. */
final class Apache5Caller implements HttpCaller {
  private final CloseableHttpClient client =
      HttpClients.custom()
          .setConnectionManager(
              PoolingHttpClientConnectionManagerBuilder.create()
                  .setMaxConnTotal(64)
                  .setMaxConnPerRoute(64)
                  .setDefaultConnectionConfig(
                      ConnectionConfig.custom()
                          .setConnectTimeout(Timeout.ofMilliseconds(CONNECT_MILLIS))
                          .setSocketTimeout(Timeout.ofMilliseconds(READ_MILLIS))
                          .build())
                  .build())
          .build();

  @Override
  public String label() {
    return "Apache HttpClient 5";
  }

  @Override
  public HttpReply post(String url, Map<String, String> headers, String json) throws IOException {
    HttpPost request = new HttpPost(url);
    headers.forEach(request::setHeader);
    request.setEntity(new StringEntity(json, ContentType.APPLICATION_JSON));
    return client.execute(request, Apache5Caller::read);
  }

  private static HttpReply read(ClassicHttpResponse response) throws IOException, ParseException {
    String body =
        response.getEntity() == null
            ? ""
            : EntityUtils.toString(response.getEntity(), StandardCharsets.UTF_8);
    return new HttpReply(response.getCode(), body);
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
