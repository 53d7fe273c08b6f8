package dev.latchkey.core.crypto;

import org.jspecify.annotations.Nullable;

/** There is no usable keyset; the message says where, why and what to do, with no secret in it. */
public final class KeysetException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** A failure with the way out; the cause only if it surely holds no key material. */
  KeysetException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
