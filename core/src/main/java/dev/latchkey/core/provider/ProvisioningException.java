package dev.latchkey.core.provider;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A key-management call failed; the message says how and what to do, without any secret. */
public final class ProvisioningException extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean uncertain;
  private final @Nullable Duration retryAfter;

  private ProvisioningException(
      String message, boolean uncertain, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    super(message, cause);
    this.uncertain = uncertain;
    this.retryAfter = retryAfter;
  }

  /** The provider refused: surely nothing was made. */
  public static ProvisioningException refused(String message, @Nullable Duration retryAfter) {
    return new ProvisioningException(message, false, retryAfter, null);
  }

  /** No clear answer came: something may have been made. */
  public static ProvisioningException uncertain(String message, @Nullable Throwable cause) {
    return new ProvisioningException(message, true, null, cause);
  }

  /** Whether something may have been made although we do not know it. */
  public boolean isUncertain() {
    return uncertain;
  }

  /** How long the provider asked to wait; null if it did not. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
