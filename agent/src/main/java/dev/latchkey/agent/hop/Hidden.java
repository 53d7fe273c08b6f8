package dev.latchkey.agent.hop;

import dev.latchkey.core.call.KeyedCall;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Takes our key out of exceptions that name the URL (law 3). */
public final class Hidden {
  private Hidden() {}

  /**
   * The same exception, or one of the same class (where it can be made from a message, else the
   * nearest that can) whose messages do not hold the key. Stack traces are kept.
   */
  public static Exception in(Exception fault, KeyedCall call) {
    try {
      return tells(fault, call) ? without(fault, call) : fault;
    } catch (Throwable ours) {
      return fault;
    }
  }

  private static boolean tells(Throwable fault, KeyedCall call) {
    int depth = 0;
    for (Throwable t = fault; t != null && depth++ < 16; t = t.getCause()) {
      String message = t.getMessage();
      if (message != null && !call.hide(message).equals(message)) return true;
    }
    return false;
  }

  private static Exception without(Exception fault, KeyedCall call) {
    String message = fault.getMessage();
    Exception safe = like(fault, message == null ? null : call.hide(message));
    safe.setStackTrace(fault.getStackTrace());
    Throwable cause = fault.getCause();
    if (cause instanceof Exception && safe.getCause() == null) {
      safe.initCause(in((Exception) cause, call));
    }
    return safe;
  }

  private static Exception like(Exception fault, @Nullable String message) {
    try {
      return fault.getClass().getConstructor(String.class).newInstance(message);
    } catch (ReflectiveOperationException | RuntimeException noSuchConstructor) {
      return fault instanceof RuntimeException
          ? new IllegalStateException(message)
          : new IOException(message);
    }
  }
}
