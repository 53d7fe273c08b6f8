package dev.latchkey.agent.client.huc;

import dev.latchkey.agent.hop.Hidden;
import dev.latchkey.agent.hop.Peek;
import dev.latchkey.agent.hop.Wait;
import dev.latchkey.core.call.KeyedCall;
import dev.latchkey.core.provider.AnswerHead;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One hop's answer, as the JDK's connection has it, without our key in anything it says. */
final class Answer extends AnswerHead {
  private static final int DRAINED = 64 << 10;
  private static final byte[] NONE = {};

  private final HttpURLConnection connection;
  private final @Nullable KeyedCall call;
  private final int status;
  private @Nullable InputStream peeked;

  private Answer(HttpURLConnection connection, @Nullable KeyedCall call, int status) {
    this.connection = connection;
    this.call = call;
    this.status = status;
  }

  /** Waits for the answer's head. */
  static Answer await(HttpURLConnection connection, @Nullable KeyedCall call) throws IOException {
    return new Answer(connection, call, connection.getResponseCode());
  }

  /** Tells the front door; says whether it wants the call sent again. */
  boolean report() {
    if (call == null) return false;
    if (status < 0) {
      call.failed(new IOException("the answer is no HTTP"));
      return false;
    }
    return call.answered(this, call.wantsBody(this) ? peek(call) : NONE);
  }

  /** The call to send instead; null to keep this answer. */
  @Nullable KeyedCall replay(boolean repeatable, BooleanSupplier cancelled) {
    if (call == null) return null;
    try {
      return repeatable ? Wait.forReplay(call, cancelled) : call.replay(false);
    } catch (CancellationException nobodyWaits) {
      return null;
    }
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public @Nullable String header(String name) {
    return connection.getHeaderField(name);
  }

  HttpURLConnection connection() {
    return connection;
  }

  InputStream body() throws IOException {
    if (peeked != null && status < 400) return peeked;
    try {
      return connection.getInputStream();
    } catch (IOException fault) {
      throw call == null ? fault : (IOException) Hidden.in(fault, call);
    }
  }

  @Nullable InputStream errorBody() {
    return peeked != null && status >= 400 ? peeked : connection.getErrorStream();
  }

  @Nullable String hide(@Nullable String text) {
    return call == null || text == null ? text : call.hide(text);
  }

  Map<String, List<String>> headers() {
    Map<String, List<String>> headers = connection.getHeaderFields();
    if (call == null) return headers;
    Map<String, List<String>> hidden = new LinkedHashMap<>();
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      hidden.put(header.getKey(), hide(header.getValue()));
    }
    return Collections.unmodifiableMap(hidden);
  }

  private List<String> hide(List<String> values) {
    List<String> hidden = new ArrayList<>(values.size());
    for (String value : values) hidden.add(String.valueOf(hide(value)));
    return Collections.unmodifiableList(hidden);
  }

  /** Reads what little is left, so that the connection can serve the next call. */
  void letGo() {
    try (InputStream rest = status < 400 ? body() : errorBody()) {
      if (rest == null) return;
      byte[] buffer = new byte[4096];
      int left = DRAINED;
      for (int n = 0; left > 0 && n >= 0; left -= n) n = rest.read(buffer);
    } catch (IOException notNeeded) {
      // The connection is lost to the next call, no more.
    }
  }

  private byte[] peek(KeyedCall asking) {
    InputStream in = stream();
    if (in == null) return NONE;
    Peek peek = Peek.into(in, asking, this);
    peeked = peek.whole(in);
    return peek.prefix();
  }

  private @Nullable InputStream stream() {
    try {
      return status < 400 ? connection.getInputStream() : connection.getErrorStream();
    } catch (IOException itsBody) {
      return null; // The application will get the same exception when it asks.
    }
  }
}
