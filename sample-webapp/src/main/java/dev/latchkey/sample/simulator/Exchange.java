package dev.latchkey.sample.simulator;

/** One request the simulator answered, without its secrets. Immutable. */
public final class Exchange {
  private final String method;
  private final String path;
  private final String keyMask;
  private final String bodyDigest;
  private final int status;

  Exchange(Call call, int status) {
    this.method = call.method();
    this.path = call.path();
    this.keyMask = mask(call.key() == null ? "" : call.key());
    this.bodyDigest = KeyText.digest(call.body());
    this.status = status;
  }

  /** The last four characters behind stars: {@code ***************b465}. */
  static String mask(String key) {
    return key.length() < 8 ? "****" : "***************" + key.substring(key.length() - 4);
  }

  /** The request's method. */
  public String method() {
    return method;
  }

  /** The path below the API's root, such as {@code /chat/completions}. */
  public String path() {
    return path;
  }

  /** The mask of the bearer token. */
  public String keyMask() {
    return keyMask;
  }

  /** SHA-256 of the request's body, 64 hexadecimal digits. */
  public String bodyDigest() {
    return bodyDigest;
  }

  /** The status it was answered with. */
  public int status() {
    return status;
  }

  /** Whether it was a chat. */
  public boolean isChat() {
    return path.equals("/chat/completions");
  }

  /** Whether it asked for a new key. */
  public boolean isProvisioning() {
    return method.equals("POST") && path.equals("/keys");
  }

  @Override
  public String toString() {
    return method + " " + path + " with " + keyMask + " -> " + status;
  }
}
