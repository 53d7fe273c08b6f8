package dev.latchkey.core.store;

/**
 * The key table could not be read or written. The message says which operation, where and why,
 * without any secret, user name or password.
 */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** A failure with its cause. */
  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  /** A failure that has no cause of its own. */
  public StoreException(String message) {
    super(message);
  }
}
