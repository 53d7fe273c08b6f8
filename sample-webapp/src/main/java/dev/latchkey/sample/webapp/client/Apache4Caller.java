package dev.latchkey.sample.webapp.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.util.EntityUtils;

/** Apache HttpClient 4. */
final class Apache4Caller implements HttpCaller {
  private final CloseableHttpClient client =
      HttpClients.custom()
          .setMaxConnTotal(64)
          .setMaxConnPerRoute(64)
          .setDefaultRequestConfig(
              RequestConfig.custom()
                  .setConnectTimeout(CONNECT_MILLIS)
                  .setSocketTimeout(READ_MILLIS)
                  .build())
          .build();

  @Override
  public String label() {
    return "Apache HttpClient 4";
  }

  @Override
  public HttpReply post(String url, Map<String, String> headers, String json) throws IOException {
    HttpPost request = new HttpPost(url);
    headers.forEach(request::setHeader);
    request.setEntity(new StringEntity(json, ContentType.APPLICATION_JSON));
    try (CloseableHttpResponse response = client.execute(request)) {
      String body =
          response.getEntity() == null
              ? ""
              : EntityUtils.toString(response.getEntity(), StandardCharsets.UTF_8);
      return new HttpReply(response.getStatusLine().getStatusCode(), body);
    }
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
