package dev.latchkey.core.call;

import org.jspecify.annotations.Nullable;

/**
 * A hop that is about to be sent, as an adapter sees it; no copy is made. Used only while {@link
 * OutboundCalls#open} runs.
 */
public abstract class OutboundRequest {
  /** For adapters and tests. */
  protected OutboundRequest() {}

  /** {@code http} or {@code https}, lower case. */
  public abstract String scheme();

  /** The host without brackets, in any case. */
  public abstract String host();

  /** The port in use; -1 for the scheme's own. */
  public abstract int port();

  /** The raw path. */
  public abstract String path();

  /** The raw query without {@code ?}; null for none. */
  public abstract @Nullable String query();

  /** The first value the application set for this header; null where it is absent. */
  public abstract @Nullable String header(String name);
}
