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
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.SSLConnectionSocketFactory;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** Apache HttpClient 5, the classic API. */
public final class Apache5Driver implements ClientDriver {
  private final Settings settings;
  private final PoolingHttpClientConnectionManager pool;
  private final CloseableHttpClient client;

  /** By name. */
  public Apache5Driver(Settings settings) throws Exception {
    this.settings = settings;
    pool =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setSSLSocketFactory(new SSLConnectionSocketFactory(Tls.context(settings.keyStore())))
            .setMaxConnPerRoute(8)
            .build();
    client =
        settings.isMinimal()
            ? HttpClients.createMinimal(pool)
            : HttpClients.custom().setConnectionManager(pool).build();
  }

  @Override
  public Answer send(Call call) throws Exception {
    return send(request(call));
  }

  @Override
  public Running start(Call call) {
    HttpUriRequestBase request = request(call);
    return OwnThread.start(() -> send(request), request::abort);
  }

  @Override
  public Streaming open(Call call) throws Exception {
    @SuppressWarnings("deprecation") // The other way reads the whole body first.
    CloseableHttpResponse response = client.execute(request(call));
    HttpEntity entity = response.getEntity();
    InputStream body = entity == null ? null : entity.getContent();
    return new Stream(response.getCode(), body, response);
  }

  @Override
  public int leased() {
    return pool.getTotalStats().getLeased();
  }

  @Override
  public void close() throws IOException {
    client.close();
  }

  private Answer send(HttpUriRequestBase request) throws IOException {
    HttpClientContext context = HttpClientContext.create();
    try (CloseableHttpResponse response = client.execute(request, context)) {
      HttpEntity entity = response.getEntity();
      byte[] body = entity == null ? new byte[0] : Bytes.all(entity.getContent());
      Answer answer = Answer.of(response.getCode(), body);
      for (Header h : response.getHeaders()) answer.header(h.getName(), h.getValue());
      return answer
          .sight("request", request)
          .sight("headers", Arrays.toString(request.getHeaders()))
          .sight("sent", context.getRequest())
          .sight("sent target", context.getRequest().getRequestUri())
          .sight("sent headers", Arrays.toString(context.getRequest().getHeaders()))
          .sight("redirects", redirects(context))
          .sight("response", response);
    }
  }

  private static @Nullable Object redirects(HttpClientContext context) {
    return context.getRedirectLocations() == null ? null : context.getRedirectLocations().getAll();
  }

  private HttpUriRequestBase request(Call call) {
    HttpUriRequestBase request = new HttpUriRequestBase(call.method(), URI.create(call.url()));
    for (String[] header : call.headers()) {
      if (!header[0].equals("Expect")) request.addHeader(header[0], header[1]);
    }
    request.setEntity(entity(call));
    request.setConfig(config(call));
    return request;
  }

  private RequestConfig config(Call call) {
    RequestConfig.Builder config =
        RequestConfig.custom()
            .setResponseTimeout(Timeout.of(call.readTimeoutMillis(), TimeUnit.MILLISECONDS))
            .setExpectContinueEnabled(expects(call));
    if (settings.proxyPort() != 0) config.setProxy(new HttpHost("localhost", settings.proxyPort()));
    return config.build();
  }

  private static boolean expects(Call call) {
    return call.headers().stream().anyMatch(h -> h[0].equals("Expect"));
  }

  private static @Nullable HttpEntity entity(Call call) {
    switch (call.kind()) {
      case BYTES:
        return new ByteArrayEntity(call.content(), null);
      case ONE_SHOT:
        return new InputStreamEntity(new ByteArrayInputStream(call.content()), null);
      case BROKEN:
        return new InputStreamEntity(new BrokenStream(), null);
      default:
        return null;
    }
  }
}
