package dev.latchkey.agent.contract.driver;

import dev.latchkey.agent.contract.Answer;
import dev.latchkey.agent.contract.Bytes;
import dev.latchkey.agent.contract.Call;
import dev.latchkey.agent.contract.ClientDriver;
import dev.latchkey.agent.contract.OwnThread;
import dev.latchkey.agent.contract.Settings;
import dev.latchkey.agent.contract.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URL;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;

/** {@code HttpURLConnection}. */
public final class UrlConnectionDriver implements ClientDriver {
  private final Settings settings;

  /** By name. */
  public UrlConnectionDriver(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Answer send(Call call) throws Exception {
    return answer(written(call));
  }

  @Override
  public Running start(Call call) {
    HttpURLConnection connection = connection(call);
    return OwnThread.start(() -> answer(write(connection, call)), connection::disconnect);
  }

  @Override
  public Streaming open(Call call) throws Exception {
    HttpURLConnection connection = written(call);
    int status = connection.getResponseCode();
    return new Stream(status, body(connection), connection::disconnect);
  }

  @Override
  public int leased() {
    return -1;
  }

  @Override
  public void close() {}

  private HttpURLConnection written(Call call) throws Exception {
    return write(connection(call), call);
  }

  private HttpURLConnection connection(Call call) {
    try {
      return opened(call);
    } catch (Exception unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }

  private HttpURLConnection opened(Call call) throws Exception {
    URL url = new URL(call.url());
    HttpURLConnection connection =
        (HttpURLConnection)
            (settings.proxyPort() == 0 ? url.openConnection() : url.openConnection(proxy()));
    if (connection instanceof HttpsURLConnection) {
      ((HttpsURLConnection) connection)
          .setSSLSocketFactory(Tls.context(settings.keyStore()).getSocketFactory());
    }
    connection.setReadTimeout(call.readTimeoutMillis());
    connection.setRequestMethod(call.method());
    for (String[] header : call.headers()) connection.setRequestProperty(header[0], header[1]);
    return connection;
  }

  private Proxy proxy() {
    return new Proxy(Proxy.Type.HTTP, new InetSocketAddress("localhost", settings.proxyPort()));
  }

  private static HttpURLConnection write(HttpURLConnection connection, Call call)
      throws IOException {
    if (call.kind() == Call.Body.NONE) return connection;
    connection.setDoOutput(true);
    if (call.kind() == Call.Body.ONE_SHOT) connection.setChunkedStreamingMode(1024);
    try (OutputStream out = connection.getOutputStream()) {
      out.write(call.content());
    }
    return connection;
  }

  private static Answer answer(HttpURLConnection connection) throws IOException {
    int status = connection.getResponseCode();
    try (InputStream body = body(connection)) {
      return Answer.of(status, Bytes.all(body))
          .headers(connection.getHeaderFields())
          .sight("url", connection.getURL())
          .sight("connection", connection)
          .sight("authorization", connection.getRequestProperty("Authorization"))
          .sight("x-api-key", connection.getRequestProperty("X-Api-Key"));
    }
  }

  private static @Nullable InputStream body(HttpURLConnection connection) throws IOException {
    return connection.getResponseCode() >= 400
        ? connection.getErrorStream()
        : connection.getInputStream();
  }
}
