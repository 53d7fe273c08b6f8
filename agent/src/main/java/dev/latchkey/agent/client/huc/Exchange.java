package dev.latchkey.agent.client.huc;

import dev.latchkey.core.call.KeyedCall;
import dev.latchkey.core.call.OutboundCalls;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpRetryException;
import java.net.HttpURLConnection;
import java.net.ProtocolException;
import java.net.Proxy;
import java.net.URL;
import org.jspecify.annotations.Nullable;

/**
 * One call of the application: its hops, one after the other. Redirects are followed here and not
 * by the JDK, which would take a key along to wherever they lead.
 */
final class Exchange {
  private static final int MOST_REDIRECTS = 20;

  final HttpURLConnection real;
  final RequestProperties properties = new RequestProperties();
  final Replaced replaced = new Replaced();
  final Settings settings;

  private final OutboundCalls calls;
  private final @Nullable Proxy proxy;
  private volatile @Nullable Hop hop;
  private volatile boolean disconnected;
  private @Nullable RequestBody body;
  private boolean writesOutput = true;
  private boolean replayed;
  private boolean begun;
  private URL url;
  private String method = "GET";

  /** The application's settings are on {@code real}, which serves the first hop, if it can. */
  Exchange(OutboundCalls calls, HttpURLConnection real, @Nullable Proxy proxy) {
    this.calls = calls;
    this.real = real;
    this.proxy = proxy;
    this.settings = new Settings(real);
    this.url = real.getURL();
  }

  /** The place of the latest hop, as the application or a redirect named it. */
  URL url() {
    return url;
  }

  /** The method of the latest hop. */
  String method() {
    return method;
  }

  void connect(String asMethod) throws IOException {
    method = asMethod;
    Hop first = hop();
    try {
      first.connection.connect();
    } catch (IOException fault) {
      hop = null;
      throw first.failed(fault);
    }
  }

  /**
   * Where the application writes its body.
   *
   * @param mode the streaming mode it asked for; used only once the body is too large to keep
   */
  RequestBody body(String asMethod, StreamingMode mode) {
    method = asMethod;
    RequestBody made = new RequestBody(() -> direct(mode), mode);
    body = made;
    return made;
  }

  /** Sends what is to be sent and waits for the answer that the application gets. */
  Answer run(String asMethod, boolean follows) throws IOException {
    method = asMethod;
    if (body != null) body.close();
    for (int redirects = 1; ; redirects++) {
      Answer answer = converse();
      URL next = follows ? Redirects.target(url, answer) : null;
      if (next == null) return answer;
      redirect(answer, next);
      if (redirects >= Integer.getInteger("http.maxRedirects", MOST_REDIRECTS)) {
        throw new ProtocolException("Server redirected too many  times (" + redirects + ")");
      }
    }
  }

  /** May be called by any thread; a call that waits for a key ends with the refusal it has. */
  void disconnect() {
    disconnected = true;
    Hop current = hop;
    if (current != null) current.connection.disconnect();
  }

  boolean usesProxy() {
    Hop current = hop;
    return current != null && current.connection.usingProxy();
  }

  void readTimeout(int millis) {
    Hop current = hop;
    if (current != null) current.connection.setReadTimeout(millis);
  }

  private Answer converse() throws IOException {
    Answer first = send(hop());
    boolean refused = first.report();
    if (!refused || disconnected) return first;
    KeyedCall again = first.replay(!replayed && isRepeatable(), () -> disconnected);
    if (again == null || disconnected) return first;
    replayed = true;
    first.letGo();
    Hop second = Hop.open(this, again);
    hop = second;
    Answer answer = send(second);
    answer.report();
    return answer;
  }

  private Answer send(Hop to) throws IOException {
    try {
      if (body != null && writesOutput && body.isKept()) write(body, to.connection);
      return Answer.await(to.connection, to.call);
    } catch (IOException fault) {
      hop = null;
      throw to.failed(fault);
    }
  }

  private static void write(RequestBody body, HttpURLConnection to) throws IOException {
    try (OutputStream out = to.getOutputStream()) {
      body.writeTo(out);
    }
  }

  private boolean isRepeatable() {
    return body == null || !writesOutput || body.isKept();
  }

  private void redirect(Answer answer, URL next) throws IOException {
    if (!isRepeatable() && !Redirects.dropsBody(method, answer.status())) {
      throw new HttpRetryException(
          "cannot retry due to redirection, in streaming mode",
          answer.status(),
          answer.hide(answer.header("Location")));
    }
    answer.letGo();
    if (Redirects.dropsBody(method, answer.status())) {
      method = "GET";
      writesOutput = false;
      properties.remove("Content-Type");
    }
    if (Redirects.isElsewhere(url, next)) Redirects.forget(properties);
    url = next;
    hop = null;
  }

  private Hop hop() throws IOException {
    Hop current = hop;
    if (current == null) hop = current = Hop.open(this, null);
    return current;
  }

  private OutputStream direct(StreamingMode mode) throws IOException {
    Hop first = hop();
    try {
      mode.applyTo(first.connection);
      return first.connection.getOutputStream();
    } catch (IOException fault) {
      hop = null;
      throw first.failed(fault);
    }
  }

  /** Whether it is the very first hop that begins: only that can go by {@link #real}. */
  boolean beginsHop() {
    boolean first = !begun;
    begun = true;
    return first;
  }

  /** The connection in use; the application's own, which is none, before the first hop. */
  HttpURLConnection current() {
    Hop current = hop;
    return current == null ? real : current.connection;
  }

  OutboundCalls calls() {
    return calls;
  }

  @Nullable Proxy proxy() {
    return proxy;
  }

  boolean writesOutput() {
    return writesOutput && (body != null || real.getDoOutput());
  }
}
