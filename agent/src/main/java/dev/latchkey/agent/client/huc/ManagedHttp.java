package dev.latchkey.agent.client.huc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.ProtocolException;
import java.net.URL;
import java.security.Permission;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the application holds: behaves like the JDK's connection, whose documentation applies,
 * including that it is meant for one thread at a time ({@link #disconnect} for any).
 */
final class ManagedHttp extends HttpURLConnection {
  private final Exchange exchange;
  private StreamingMode mode = StreamingMode.NONE;
  private @Nullable RequestBody body;
  private @Nullable Answer answer;
  private @Nullable IOException fault;

  ManagedHttp(Exchange exchange) {
    super(exchange.url());
    this.exchange = exchange;
  }

  HttpURLConnection real() {
    return exchange.real;
  }

  /** The method that an application may have put into the field by reflection. */
  void forceMethod(String forced) {
    method = forced;
  }

  // Sending

  @Override
  public void connect() throws IOException {
    if (connected) return;
    // While it is open whether the body can be kept, so is the mode, and that must come first.
    if (!mode.isStreaming()) exchange.connect(method);
    connected = true;
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    if (!real().getDoOutput()) {
      throw new ProtocolException(
          "cannot write to a URLConnection if doOutput=false - call setDoOutput(true)");
    }
    if (body != null) return body;
    if (answer != null || fault != null) {
      throw new ProtocolException("Cannot write output after reading input.");
    }
    if (method.equals("GET")) method = "POST"; // So does the JDK.
    if (method.equals("TRACE")) {
      throw new ProtocolException("HTTP method TRACE doesn't support output");
    }
    body = exchange.body(method, mode);
    connect();
    return body;
  }

  private Answer answer() throws IOException {
    if (answer != null) return answer;
    if (fault != null) throw fault;
    connected = true;
    try {
      answer = exchange.run(method, instanceFollowRedirects);
    } catch (IOException e) {
      fault = e;
      throw e;
    } finally {
      url = exchange.url();
      method = exchange.method();
    }
    return answer;
  }

  private @Nullable Answer answerOrNull() {
    try {
      return answer();
    } catch (IOException e) {
      return null;
    }
  }

  // Reading

  @Override
  public InputStream getInputStream() throws IOException {
    return answer().body();
  }

  @Override
  public @Nullable InputStream getErrorStream() {
    return answer == null ? null : answer.errorBody();
  }

  @Override
  public int getResponseCode() throws IOException {
    return answer().status();
  }

  @Override
  public @Nullable String getResponseMessage() throws IOException {
    return answer().connection().getResponseMessage();
  }

  @Override
  public @Nullable String getHeaderField(String name) {
    Answer known = answerOrNull();
    return known == null ? null : known.hide(known.connection().getHeaderField(name));
  }

  @Override
  public @Nullable String getHeaderField(int n) {
    Answer known = answerOrNull();
    return known == null ? null : known.hide(known.connection().getHeaderField(n));
  }

  @Override
  public @Nullable String getHeaderFieldKey(int n) {
    Answer known = answerOrNull();
    return known == null ? null : known.connection().getHeaderFieldKey(n);
  }

  @Override
  public Map<String, List<String>> getHeaderFields() {
    Answer known = answerOrNull();
    return known == null ? Collections.emptyMap() : known.headers();
  }

  @Override
  public void disconnect() {
    exchange.disconnect();
    connected = false;
  }

  @Override
  public boolean usingProxy() {
    return exchange.usesProxy() || real().usingProxy();
  }

  @Override
  public Permission getPermission() throws IOException {
    return real().getPermission();
  }

  // Settings: kept and checked by the JDK's own connection

  @Override
  public void setRequestProperty(String name, @Nullable String value) {
    mustNotBeConnected();
    real().setRequestProperty(name, value);
    exchange.properties.set(name, value);
  }

  @Override
  public void addRequestProperty(String name, @Nullable String value) {
    mustNotBeConnected();
    real().addRequestProperty(name, value);
    exchange.properties.add(name, value);
  }

  @Override
  public @Nullable String getRequestProperty(String name) {
    return exchange.replaced.property(name, real());
  }

  @Override
  public Map<String, List<String>> getRequestProperties() {
    mustNotBeConnected();
    return exchange.replaced.properties(real());
  }

  @Override
  public void setFixedLengthStreamingMode(int length) {
    setFixedLengthStreamingMode((long) length);
  }

  @Override
  public void setFixedLengthStreamingMode(long length) {
    super.setFixedLengthStreamingMode(length);
    mode = StreamingMode.fixed(length);
  }

  @Override
  public void setChunkedStreamingMode(int chunk) {
    super.setChunkedStreamingMode(chunk);
    mode = StreamingMode.chunked(chunk);
  }

  @Override
  public void setConnectTimeout(int millis) {
    real().setConnectTimeout(millis);
  }

  @Override
  public int getConnectTimeout() {
    return real().getConnectTimeout();
  }

  @Override
  public void setReadTimeout(int millis) {
    real().setReadTimeout(millis);
    exchange.readTimeout(millis);
  }

  @Override
  public int getReadTimeout() {
    return real().getReadTimeout();
  }

  @Override
  public void setDoInput(boolean on) {
    mustNotBeConnected();
    real().setDoInput(on);
  }

  @Override
  public boolean getDoInput() {
    return real().getDoInput();
  }

  @Override
  public void setDoOutput(boolean on) {
    mustNotBeConnected();
    real().setDoOutput(on);
  }

  @Override
  public boolean getDoOutput() {
    return real().getDoOutput();
  }

  @Override
  public void setUseCaches(boolean on) {
    mustNotBeConnected();
    real().setUseCaches(on);
  }

  @Override
  public boolean getUseCaches() {
    return real().getUseCaches();
  }

  @Override
  public void setAllowUserInteraction(boolean on) {
    mustNotBeConnected();
    real().setAllowUserInteraction(on);
  }

  @Override
  public boolean getAllowUserInteraction() {
    return real().getAllowUserInteraction();
  }

  @Override
  public void setIfModifiedSince(long since) {
    mustNotBeConnected();
    real().setIfModifiedSince(since);
  }

  @Override
  public long getIfModifiedSince() {
    return real().getIfModifiedSince();
  }

  /** Overrides a method that Java has since version 9. */
  public void setAuthenticator(Authenticator authenticator) {
    mustNotBeConnected();
    exchange.settings.authenticator(authenticator);
  }

  /** The connection that sent the latest hop, for what https tells of it. */
  HttpURLConnection latest() {
    Answer known = answer;
    return known == null ? exchange.current() : known.connection();
  }

  @Override
  public URL getURL() {
    return url;
  }

  /** Looks like the JDK's, which code has been seen to print. */
  @Override
  public String toString() {
    return real().getClass().getName() + ":" + url;
  }

  private void mustNotBeConnected() {
    if (connected) throw new IllegalStateException("Already connected");
  }
}
