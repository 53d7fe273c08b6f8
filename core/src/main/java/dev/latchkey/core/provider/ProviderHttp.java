package dev.latchkey.core.provider;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * The client of all key-management calls: one for all providers, made at the first call. It follows
 * no redirect, sends nothing twice, keeps no connection, and ends every call after its time-out.
 * Its trust is what the JVM's settings say at that moment; the JVM's default {@code SSLContext} is
 * never touched, since that would freeze the application's trust store before the application has
 * set it. Safe for use by many threads.
 */
public final class ProviderHttp {
  private final Duration timeout;
  private @Nullable OkHttpClient client;

  private ProviderHttp(Duration timeout) {
    this.timeout = timeout;
  }

  /** A client whose calls end after that time, connecting and reading the answer included. */
  public static ProviderHttp create(Duration timeout) {
    return new ProviderHttp(timeout);
  }

  /** How long a call may take. */
  Duration timeout() {
    return timeout;
  }

  /**
   * Sends a request; blocks.
   *
   * @param most the longest body that is read, in bytes; what is longer is cut and marked
   */
  Answer send(
      String method, String url, Map<String, String> headers, @Nullable String body, int most)
      throws IOException {
    Request.Builder request = new Request.Builder().url(url);
    request.header("User-Agent", "latchkey").header("Accept", "application/json");
    headers.forEach(request::header);
    request.method(method, requestBody(method, body));
    return exchange(client().newCall(request.build()), most);
  }

  /**
   * OkHttp's own threads live on for a minute. They inherit no class loader from here: a web
   * application's would be held by them past its undeploy, and its container would complain.
   */
  private static Answer exchange(Call call, int most) throws IOException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(null);
    try (Response response = call.execute()) {
      BufferedSource source = response.body().source();
      boolean cut = source.request(most + 1L);
      byte[] bytes = cut ? source.readByteArray(most) : source.readByteArray();
      return new Answer(response, bytes, cut);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static @Nullable RequestBody requestBody(String method, @Nullable String body) {
    if (body != null) return RequestBody.create(body, MediaType.get("application/json"));
    boolean none = method.equals("GET") || method.equals("DELETE");
    return none ? null : RequestBody.create(new byte[0], null);
  }

  private synchronized OkHttpClient client() throws IOException {
    if (client == null) client = newClient();
    return client;
  }

  private OkHttpClient newClient() throws IOException {
    try {
      X509TrustManager trust = trust();
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(null, new TrustManager[] {trust}, null);
      return new OkHttpClient.Builder()
          .sslSocketFactory(tls.getSocketFactory(), trust)
          .protocols(Collections.singletonList(Protocol.HTTP_1_1))
          .followRedirects(false)
          .followSslRedirects(false)
          .retryOnConnectionFailure(false)
          .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
          .callTimeout(timeout)
          .connectTimeout(timeout)
          .readTimeout(timeout)
          .writeTimeout(timeout)
          .build();
    } catch (GeneralSecurityException e) {
      throw new IOException("this JVM's trust store cannot be read: " + e.getMessage(), e);
    }
  }

  private static X509TrustManager trust() throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager) return (X509TrustManager) manager;
    }
    throw new GeneralSecurityException("no X.509 trust manager");
  }

  /** An answer with its bounded body. Immutable. */
  static final class Answer extends AnswerHead {
    private final int status;
    private final okhttp3.Headers headers;
    private final byte[] body;
    private final boolean cut;

    Answer(Response response, byte[] body, boolean cut) {
      this.status = response.code();
      this.headers = response.headers();
      this.body = body;
      this.cut = cut;
    }

    @Override
    public int status() {
      return status;
    }

    @Override
    public @Nullable String header(String name) {
      return headers.get(name);
    }

    byte[] body() {
      return body;
    }

    /** Whether the body was longer than what was read. */
    boolean isCut() {
      return cut;
    }

    boolean isSuccess() {
      return status >= 200 && status < 300;
    }
  }
}
