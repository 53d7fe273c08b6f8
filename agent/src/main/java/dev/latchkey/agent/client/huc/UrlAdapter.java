package dev.latchkey.agent.client.huc;

import dev.latchkey.agent.client.Adapter;
import dev.latchkey.agent.hop.GuardedCalls;
import dev.latchkey.core.call.OutboundCalls;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URL;
import java.net.URLConnection;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;

/**
 * Wraps the connections that {@code URL.openConnection} opens to managed places. The JDK's own
 * object can't be sent twice, so the wrapper opens another for each hop but the first.
 */
public final class UrlAdapter implements Adapter {
  private final OutboundCalls calls;

  /** Called by the agent. */
  public UrlAdapter(OutboundCalls calls) {
    this.calls = GuardedCalls.of(calls);
  }

  @Override
  public @Nullable Object enter(
      int hook, @Nullable Object self, @Nullable Object a, @Nullable Object b, @Nullable Object c) {
    if (!(a instanceof HttpURLConnection)
        || a instanceof ManagedHttp
        || a instanceof ManagedHttps) {
      return null;
    }
    HttpURLConnection real = (HttpURLConnection) a;
    return manages(calls, real.getURL()) ? wrapped(real, (Proxy) b) : null;
  }

  private Object wrapped(HttpURLConnection real, @Nullable Proxy proxy) {
    ManagedHttp http = new ManagedHttp(new Exchange(calls, real, proxy));
    return real instanceof HttpsURLConnection
        ? new ManagedHttps(http, (HttpsURLConnection) real)
        : http;
  }

  static boolean manages(OutboundCalls calls, URL url) {
    String scheme = url.getProtocol();
    return (scheme.equals("http") || scheme.equals("https"))
        && calls.manages(scheme, host(url), url.getPort(), url.getPath());
  }

  static String host(URL url) {
    String host = url.getHost();
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  /** A connection of the JDK's own, as if nothing was woven. */
  static HttpURLConnection open(URL url, @Nullable Proxy proxy) throws IOException {
    URLConnection opened = proxy == null ? url.openConnection() : url.openConnection(proxy);
    if (opened instanceof ManagedHttps) return ((ManagedHttps) opened).real();
    if (opened instanceof ManagedHttp) return ((ManagedHttp) opened).real();
    return (HttpURLConnection) opened;
  }
}
