package dev.latchkey.agent.contract;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Exceptions, for tests. */
public final class Faults {
  private Faults() {}

  /** What a future wrapped. */
  public static Exception unwrapped(Throwable fault) {
    Throwable inner = fault;
    while ((inner instanceof ExecutionException || inner instanceof CompletionException)
        && inner.getCause() != null) inner = inner.getCause();
    return inner instanceof Exception ? (Exception) inner : new RuntimeException(inner);
  }

  /** The exception's class, also where it was thrown in another JVM; {@code none} for none. */
  static String type(@Nullable Throwable fault) {
    if (fault == null) return "none";
    return fault instanceof RemoteFault ? ((RemoteFault) fault).type() : fault.getClass().getName();
  }

  /** Everything the exception says: classes, messages, causes and what was suppressed. */
  public static String told(@Nullable Throwable fault) {
    if (fault instanceof RemoteFault) return ((RemoteFault) fault).told();
    StringBuilder out = new StringBuilder();
    for (Throwable t = fault; t != null; t = t.getCause()) {
      out.append(t).append('\n');
      for (Throwable s : t.getSuppressed()) out.append(s).append('\n');
    }
    return out.toString();
  }
}
