package dev.latchkey.core.renewal;

import dev.latchkey.core.key.ManagedKey;
import org.jspecify.annotations.Nullable;

/** How a renewal ended: with a key to use, or with the reason why there is none. Immutable. */
public final class Renewed {
  private final @Nullable ManagedKey key;
  private final String reason;

  private Renewed(@Nullable ManagedKey key, String reason) {
    this.key = key;
    this.reason = reason;
  }

  /** There is a newer key. */
  public static Renewed with(ManagedKey key, String how) {
    return new Renewed(key, how);
  }

  /** There is none. */
  public static Renewed none(String reason) {
    return new Renewed(null, reason);
  }

  /** The key to use now; null if there is none. */
  public @Nullable ManagedKey key() {
    return key;
  }

  /** How it was got, or why not; for people. */
  public String reason() {
    return reason;
  }

  @Override
  public String toString() {
    return key == null ? "none: " + reason : key + ": " + reason;
  }
}
