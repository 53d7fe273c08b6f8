package dev.latchkey.agent.client.huc;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.ProtocolException;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;

/** Copies what the application set on its connection to another one, or leaves it on that. */
final class Settings {
  private final HttpURLConnection from;
  private @Nullable Authenticator authenticator;

  Settings(HttpURLConnection from) {
    this.from = from;
  }

  void authenticator(Authenticator chosen) {
    setAuthenticator(from, chosen);
    this.authenticator = chosen;
  }

  void applyTo(HttpURLConnection hop, String method, boolean writesOutput) throws IOException {
    if (!method.equals(hop.getRequestMethod())) setMethod(hop, method);
    hop.setDoOutput(writesOutput);
    hop.setInstanceFollowRedirects(false);
    if (hop != from) copy(hop);
  }

  private void copy(HttpURLConnection hop) {
    hop.setDoInput(from.getDoInput());
    hop.setUseCaches(from.getUseCaches());
    hop.setAllowUserInteraction(from.getAllowUserInteraction());
    hop.setIfModifiedSince(from.getIfModifiedSince());
    hop.setConnectTimeout(from.getConnectTimeout());
    hop.setReadTimeout(from.getReadTimeout());
    if (authenticator != null) setAuthenticator(hop, authenticator);
    if (hop instanceof HttpsURLConnection && from instanceof HttpsURLConnection) {
      applyTls((HttpsURLConnection) from, (HttpsURLConnection) hop);
    }
  }

  private static void applyTls(HttpsURLConnection from, HttpsURLConnection hop) {
    hop.setSSLSocketFactory(from.getSSLSocketFactory());
    hop.setHostnameVerifier(from.getHostnameVerifier());
  }

  /** There since Java 9. */
  private static void setAuthenticator(HttpURLConnection to, Authenticator authenticator) {
    try {
      HttpURLConnection.class
          .getMethod("setAuthenticator", Authenticator.class)
          .invoke(to, authenticator);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException) throw (RuntimeException) e.getCause();
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new UnsupportedOperationException("setAuthenticator needs Java 9", e);
    }
  }

  // An application that sends PATCH has put it into the field by reflection; so do we.
  private static void setMethod(HttpURLConnection hop, String method) throws ProtocolException {
    try {
      hop.setRequestMethod(method);
    } catch (ProtocolException refused) {
      if (!force(hop, method)) throw refused;
    }
  }

  private static boolean force(HttpURLConnection hop, String method) {
    try {
      Field field = HttpURLConnection.class.getDeclaredField("method");
      field.setAccessible(true);
      field.set(hop, method);
      return !(hop instanceof HttpsURLConnection) || forceBehind(hop, field, method);
    } catch (ReflectiveOperationException | RuntimeException e) {
      return false;
    }
  }

  // The JDK's https connection hands everything on to another one inside it.
  private static boolean forceBehind(HttpURLConnection hop, Field field, String method)
      throws ReflectiveOperationException {
    Field delegate = hop.getClass().getDeclaredField("delegate");
    delegate.setAccessible(true);
    field.set(delegate.get(hop), method);
    return true;
  }
}
