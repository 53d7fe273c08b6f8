package dev.latchkey.agent.contract;

import java.io.Serializable;

/** How a driver sets its client up. Immutable; travels to a forked JVM. */
public final class Settings implements Serializable {
  private static final long serialVersionUID = 1;

  private final String keyStore;
  private final int proxyPort;
  private final boolean minimal;

  private Settings(String keyStore, int proxyPort, boolean minimal) {
    this.keyStore = keyStore;
    this.proxyPort = proxyPort;
    this.minimal = minimal;
  }

  /** No proxy; trusts the certificate in that key store. */
  public static Settings trusting(String keyStore) {
    return new Settings(keyStore, 0, false);
  }

  /** The same through an HTTP proxy on this machine. */
  public Settings proxy(int port) {
    return new Settings(keyStore, port, minimal);
  }

  /** The same with the client's bare variant, such as Apache's minimal client. */
  public Settings minimal(boolean yes) {
    return new Settings(keyStore, proxyPort, yes);
  }

  /** Path of the PKCS#12 file to trust. */
  public String keyStore() {
    return keyStore;
  }

  /** The proxy's port; 0 for none. */
  public int proxyPort() {
    return proxyPort;
  }

  /** Whether to use the client's bare variant. */
  public boolean isMinimal() {
    return minimal;
  }
}
