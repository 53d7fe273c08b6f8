package dev.latchkey.agent.contract.driver;

import dev.latchkey.agent.contract.Answer;
import dev.latchkey.agent.contract.Bytes;
import dev.latchkey.agent.contract.Call;
import dev.latchkey.agent.contract.ClientDriver;
import dev.latchkey.agent.contract.OwnThread;
import dev.latchkey.agent.contract.Settings;
import dev.latchkey.agent.contract.Tls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.HttpHost;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.client.methods.RequestBuilder;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.config.RegistryBuilder;
import org.apache.http.conn.socket.ConnectionSocketFactory;
import org.apache.http.conn.socket.PlainConnectionSocketFactory;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.entity.InputStreamEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.jspecify.annotations.Nullable;

/** Apache HttpClient 4.3 to 4.5. */
public final class Apache4Driver implements ClientDriver {
  private final Settings settings;
  private final PoolingHttpClientConnectionManager pool;
  private final CloseableHttpClient client;

  /** By name. */
  public Apache4Driver(Settings settings) throws Exception {
    this.settings = settings;
    pool =
        new PoolingHttpClientConnectionManager(
            RegistryBuilder.<ConnectionSocketFactory>create()
                .register("http", PlainConnectionSocketFactory.INSTANCE)
                .register("https", new SSLConnectionSocketFactory(Tls.context(settings.keyStore())))
                .build());
    pool.setDefaultMaxPerRoute(8);
    client =
        settings.isMinimal()
            ? HttpClients.createMinimal(pool)
            : HttpClients.custom().setConnectionManager(pool).build();
  }

  @Override
  public Answer send(Call call) throws Exception {
    return send(call, request(call));
  }

  @Override
  public Running start(Call call) {
    HttpUriRequest request = request(call);
    return OwnThread.start(() -> send(call, request), request::abort);
  }

  @Override
  public Streaming open(Call call) throws Exception {
    CloseableHttpResponse response = client.execute(request(call));
    HttpEntity entity = response.getEntity();
    InputStream body = entity == null ? null : entity.getContent();
    return new Stream(response.getStatusLine().getStatusCode(), body, response);
  }

  @Override
  public int leased() {
    return pool.getTotalStats().getLeased();
  }

  @Override
  public void close() throws IOException {
    client.close();
  }

  private Answer send(Call call, HttpUriRequest request) throws IOException {
    HttpClientContext context = HttpClientContext.create();
    try (CloseableHttpResponse response = client.execute(request, context)) {
      HttpEntity entity = response.getEntity();
      byte[] body = entity == null ? new byte[0] : Bytes.all(entity.getContent());
      Answer answer = Answer.of(response.getStatusLine().getStatusCode(), body);
      for (Header h : response.getAllHeaders()) answer.header(h.getName(), h.getValue());
      return answer
          .sight("request", request)
          .sight("headers", Arrays.toString(request.getAllHeaders()))
          .sight("sent", context.getRequest())
          .sight("sent headers", Arrays.toString(context.getRequest().getAllHeaders()))
          .sight("redirects", context.getRedirectLocations())
          .sight("response", response);
    }
  }

  private HttpUriRequest request(Call call) {
    RequestConfig.Builder config =
        RequestConfig.custom()
            .setSocketTimeout(call.readTimeoutMillis())
            .setExpectContinueEnabled(expects(call));
    if (settings.proxyPort() != 0) config.setProxy(new HttpHost("localhost", settings.proxyPort()));
    RequestBuilder request = RequestBuilder.create(call.method()).setUri(call.url());
    for (String[] header : call.headers()) {
      if (!header[0].equals("Expect")) request.addHeader(header[0], header[1]);
    }
    return request.setEntity(entity(call)).setConfig(config.build()).build();
  }

  private static boolean expects(Call call) {
    return call.headers().stream().anyMatch(h -> h[0].equals("Expect"));
  }

  private static @Nullable HttpEntity entity(Call call) {
    switch (call.kind()) {
      case BYTES:
        return new ByteArrayEntity(call.content());
      case ONE_SHOT:
        return new InputStreamEntity(new ByteArrayInputStream(call.content()));
      case BROKEN:
        return new InputStreamEntity(new BrokenStream(), -1);
      default:
        return null;
    }
  }
}
