package dev.latchkey.agent.contract;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** A certificate for localhost that signed itself, made once for each build. */
public final class Tls {
  private static final String WORD = "changeit";
  private static final Map<String, SSLContext> CONTEXTS = new HashMap<>();
  private static final Map<String, X509TrustManager> TRUST = new HashMap<>();

  private Tls() {}

  /** Where the key store is; made if it is not there yet. */
  public static synchronized Path file() throws Exception {
    Path file = Paths.get("target", "localhost.p12").toAbsolutePath();
    if (!Files.exists(file)) make(file);
    return file;
  }

  /** Serves and trusts the certificate. */
  static SSLContext context() throws Exception {
    return context(file().toString());
  }

  /** Serves and trusts the certificate in that file; the same context for the same file. */
  public static synchronized SSLContext context(String file) throws Exception {
    SSLContext known = CONTEXTS.get(file);
    if (known == null) CONTEXTS.put(file, known = newContext(file));
    return known;
  }

  private static SSLContext newContext(String file) throws Exception {
    KeyStore store = load(file);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, WORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust(store).getTrustManagers(), null);
    return context;
  }

  /** Trusts the certificate in that file. */
  public static synchronized X509TrustManager trust(String file) throws Exception {
    X509TrustManager known = TRUST.get(file);
    if (known == null) {
      TRUST.put(file, known = (X509TrustManager) trust(load(file)).getTrustManagers()[0]);
    }
    return known;
  }

  private static TrustManagerFactory trust(KeyStore store) throws Exception {
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    KeyStore anchors = KeyStore.getInstance("PKCS12");
    anchors.load(null, null);
    anchors.setCertificateEntry("localhost", store.getCertificate("localhost"));
    trust.init(anchors);
    return trust;
  }

  private static KeyStore load(String file) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(Paths.get(file))) {
      store.load(in, WORD.toCharArray());
    }
    return store;
  }

  private static void make(Path file) throws Exception {
    Files.createDirectories(file.getParent());
    Path keytool = Paths.get(System.getProperty("java.home"), "bin", "keytool");
    String command =
        keytool
            + " -genkeypair -alias localhost -keyalg RSA -keysize 2048 -validity 3650"
            + " -dname CN=localhost -ext SAN=dns:localhost,ip:127.0.0.1 -storetype PKCS12"
            + " -storepass changeit -keypass changeit -keystore "
            + file;
    Process made = new ProcessBuilder(command.split(" ")).inheritIO().start();
    if (!made.waitFor(60, TimeUnit.SECONDS)) throw new IllegalStateException("keytool hangs");
  }
}
