package dev.latchkey.core.key;

/**
 * The one door to a secret's text: whoever wants it must name this type, so a search for {@code
 * SecretAccess} lists every place that can leak.
 */
public final class SecretAccess {
  private static final SecretAccess INSTANCE = new SecretAccess();

  private SecretAccess() {}

  /** Grants access; call it right where the text is needed, never keep it in a field. */
  public static SecretAccess granted() {
    return INSTANCE;
  }
}
