package dev.latchkey.core.crypto;

/** A sealed secret cannot be opened; the message says why and what to do, with no secret in it. */
public final class UnsealException extends Exception {
  private static final long serialVersionUID = 1;

  /** A failure with the way out. */
  public UnsealException(String message) {
    super(message);
  }
}
