package dev.latchkey.agent.client.huc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.ProtocolException;
import java.net.URL;
import java.security.Permission;
import java.security.Principal;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * {@link ManagedHttp} as an {@link HttpsURLConnection}. Like the JDK's own it hands everything on
 * to a field named {@code delegate}, which is where applications that set the method PATCH by
 * reflection look for it.
 */
final class ManagedHttps extends HttpsURLConnection {
  private final ManagedHttp delegate;
  private final HttpsURLConnection real;
  private String handedOn = "GET";

  ManagedHttps(ManagedHttp delegate, HttpsURLConnection real) {
    super(delegate.getURL());
    this.delegate = delegate;
    this.real = real;
  }

  HttpURLConnection real() {
    return real;
  }

  // What only https has

  @Override
  public void setSSLSocketFactory(SSLSocketFactory factory) {
    real.setSSLSocketFactory(factory);
  }

  @Override
  public SSLSocketFactory getSSLSocketFactory() {
    return real.getSSLSocketFactory();
  }

  @Override
  public void setHostnameVerifier(HostnameVerifier verifier) {
    real.setHostnameVerifier(verifier);
  }

  @Override
  public HostnameVerifier getHostnameVerifier() {
    return real.getHostnameVerifier();
  }

  @Override
  public String getCipherSuite() {
    return latest().getCipherSuite();
  }

  @Override
  public Certificate @Nullable [] getLocalCertificates() {
    return latest().getLocalCertificates();
  }

  @Override
  public Certificate[] getServerCertificates() throws SSLPeerUnverifiedException {
    return latest().getServerCertificates();
  }

  @Override
  public Principal getPeerPrincipal() throws SSLPeerUnverifiedException {
    return latest().getPeerPrincipal();
  }

  @Override
  public @Nullable Principal getLocalPrincipal() {
    return latest().getLocalPrincipal();
  }

  /** Overrides a method that Java has since version 12. */
  @SuppressWarnings("unchecked")
  public Optional<SSLSession> getSSLSession() {
    try {
      return (Optional<SSLSession>)
          HttpsURLConnection.class.getMethod("getSSLSession").invoke(latest());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException) throw (RuntimeException) e.getCause();
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new UnsupportedOperationException("getSSLSession needs Java 12", e);
    }
  }

  private HttpsURLConnection latest() {
    return (HttpsURLConnection) delegate.latest();
  }

  // Everything else is the delegate's

  // The application may have put a method into this object's field instead of the delegate's.
  private ManagedHttp sending() {
    if (!method.equals(handedOn)) {
      delegate.forceMethod(method);
      handedOn = method;
    }
    return delegate;
  }

  @Override
  public void connect() throws IOException {
    sending().connect();
    connected = true;
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return sending().getOutputStream();
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return sending().getInputStream();
  }

  @Override
  public @Nullable InputStream getErrorStream() {
    return delegate.getErrorStream();
  }

  @Override
  public int getResponseCode() throws IOException {
    return sending().getResponseCode();
  }

  @Override
  public @Nullable String getResponseMessage() throws IOException {
    return sending().getResponseMessage();
  }

  @Override
  public @Nullable String getHeaderField(String name) {
    return sending().getHeaderField(name);
  }

  @Override
  public @Nullable String getHeaderField(int n) {
    return sending().getHeaderField(n);
  }

  @Override
  public @Nullable String getHeaderFieldKey(int n) {
    return sending().getHeaderFieldKey(n);
  }

  @Override
  public Map<String, List<String>> getHeaderFields() {
    return sending().getHeaderFields();
  }

  @Override
  public void disconnect() {
    delegate.disconnect();
    connected = false;
  }

  @Override
  public boolean usingProxy() {
    return delegate.usingProxy();
  }

  @Override
  public Permission getPermission() throws IOException {
    return delegate.getPermission();
  }

  @Override
  public void setRequestProperty(String name, @Nullable String value) {
    delegate.setRequestProperty(name, value);
  }

  @Override
  public void addRequestProperty(String name, @Nullable String value) {
    delegate.addRequestProperty(name, value);
  }

  @Override
  public @Nullable String getRequestProperty(String name) {
    return delegate.getRequestProperty(name);
  }

  @Override
  public Map<String, List<String>> getRequestProperties() {
    return delegate.getRequestProperties();
  }

  @Override
  public void setRequestMethod(String chosen) throws ProtocolException {
    delegate.setRequestMethod(chosen);
    method = chosen;
    handedOn = chosen;
  }

  @Override
  public String getRequestMethod() {
    return delegate.getRequestMethod();
  }

  @Override
  public void setInstanceFollowRedirects(boolean on) {
    delegate.setInstanceFollowRedirects(on);
  }

  @Override
  public boolean getInstanceFollowRedirects() {
    return delegate.getInstanceFollowRedirects();
  }

  @Override
  public void setFixedLengthStreamingMode(int length) {
    delegate.setFixedLengthStreamingMode(length);
  }

  @Override
  public void setFixedLengthStreamingMode(long length) {
    delegate.setFixedLengthStreamingMode(length);
  }

  @Override
  public void setChunkedStreamingMode(int chunk) {
    delegate.setChunkedStreamingMode(chunk);
  }

  @Override
  public void setConnectTimeout(int millis) {
    delegate.setConnectTimeout(millis);
  }

  @Override
  public int getConnectTimeout() {
    return delegate.getConnectTimeout();
  }

  @Override
  public void setReadTimeout(int millis) {
    delegate.setReadTimeout(millis);
  }

  @Override
  public int getReadTimeout() {
    return delegate.getReadTimeout();
  }

  @Override
  public void setDoInput(boolean on) {
    delegate.setDoInput(on);
  }

  @Override
  public boolean getDoInput() {
    return delegate.getDoInput();
  }

  @Override
  public void setDoOutput(boolean on) {
    delegate.setDoOutput(on);
  }

  @Override
  public boolean getDoOutput() {
    return delegate.getDoOutput();
  }

  @Override
  public void setUseCaches(boolean on) {
    delegate.setUseCaches(on);
  }

  @Override
  public boolean getUseCaches() {
    return delegate.getUseCaches();
  }

  @Override
  public void setAllowUserInteraction(boolean on) {
    delegate.setAllowUserInteraction(on);
  }

  @Override
  public boolean getAllowUserInteraction() {
    return delegate.getAllowUserInteraction();
  }

  @Override
  public void setIfModifiedSince(long since) {
    delegate.setIfModifiedSince(since);
  }

  @Override
  public long getIfModifiedSince() {
    return delegate.getIfModifiedSince();
  }

  /** Overrides a method that Java has since version 9. */
  public void setAuthenticator(Authenticator authenticator) {
    delegate.setAuthenticator(authenticator);
  }

  @Override
  public URL getURL() {
    return delegate.getURL();
  }

  @Override
  public String toString() {
    return delegate.toString();
  }
}
