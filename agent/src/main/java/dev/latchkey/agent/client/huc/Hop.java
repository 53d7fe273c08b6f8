package dev.latchkey.agent.client.huc;

import dev.latchkey.agent.hop.Hidden;
import dev.latchkey.core.call.KeyedCall;
import dev.latchkey.core.call.Refusal;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One connection of the JDK's, set up as the application wished, with our key where it may be. */
final class Hop {
  final HttpURLConnection connection;
  final @Nullable KeyedCall call;

  private Hop(HttpURLConnection connection, @Nullable KeyedCall call) {
    this.connection = connection;
    this.call = call;
  }

  /**
   * A hop to where the exchange is now.
   *
   * @param again the call to use; null to open one where the place is managed
   */
  static Hop open(Exchange exchange, @Nullable KeyedCall again) throws IOException {
    boolean first = exchange.beginsHop();
    KeyedCall call = again != null ? again : opened(exchange);
    Refusal refusal = call == null ? null : call.refusal();
    if (refusal != null) return new Hop(new RefusedConnection(exchange.url(), refusal), null);
    URL url = call == null ? exchange.url() : keyed(exchange.url(), call);
    boolean own = first && url == exchange.url();
    HttpURLConnection connection = own ? exchange.real : UrlAdapter.open(url, exchange.proxy());
    try {
      exchange.settings.applyTo(connection, exchange.method(), exchange.writesOutput());
      if (!own) exchange.properties.applyTo(connection);
      if (call != null) attach(call, connection, own ? exchange.replaced : null);
    } catch (IOException fault) {
      if (call != null) call.failed(fault);
      throw fault;
    }
    return new Hop(connection, call);
  }

  /** Reports that no answer came; the exception to throw, without our key in its message. */
  IOException failed(IOException fault) {
    if (call == null) return fault;
    call.failed(fault);
    return (IOException) Hidden.in(fault, call);
  }

  private static @Nullable KeyedCall opened(Exchange exchange) {
    return exchange.calls().open(new HopRequest(exchange.url(), exchange.properties), null);
  }

  private static URL keyed(URL url, KeyedCall call) throws IOException {
    String query = url.getQuery();
    String changed = call.query(query);
    if (changed == null || changed.equals(query)) return url;
    String reference = url.getRef() == null ? "" : "#" + url.getRef();
    String whole =
        url.getProtocol() + "://" + url.getAuthority() + url.getPath() + "?" + changed + reference;
    return new URL(url, whole); // In the context of the first, for the sake of its handler.
  }

  private static void attach(
      KeyedCall call, HttpURLConnection connection, @Nullable Replaced replaced) {
    for (Map.Entry<String, String> header : call.headers()) {
      if (replaced != null) replaced.put(header.getKey(), connection);
      connection.setRequestProperty(header.getKey(), header.getValue());
    }
  }
}
