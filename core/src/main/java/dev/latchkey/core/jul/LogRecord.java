package dev.latchkey.core.jul;

import org.jspecify.annotations.Nullable;

/** Stands in for the JDK's class of the same name. */
public final class LogRecord {
  private final Level level;
  private final @Nullable String message;
  private Object @Nullable [] parameters;
  private @Nullable Throwable thrown;

  /** A record. */
  public LogRecord(Level level, @Nullable String message) {
    this.level = level;
    this.message = message;
  }

  /** How serious it is. */
  public Level getLevel() {
    return level;
  }

  /** The message, with {@code {0}} where parameters go. */
  public @Nullable String getMessage() {
    return message;
  }

  /** What goes into the message. */
  public Object @Nullable [] getParameters() {
    return parameters;
  }

  /** Sets what goes into the message. */
  public void setParameters(Object @Nullable [] parameters) {
    this.parameters = parameters;
  }

  /** What was thrown. */
  public @Nullable Throwable getThrown() {
    return thrown;
  }

  /** Sets what was thrown. */
  public void setThrown(@Nullable Throwable thrown) {
    this.thrown = thrown;
  }

  /** Ignored: the logger says it. */
  public void setLoggerName(@Nullable String name) {}

  /** Ignored: not shown. */
  public void setSourceClassName(@Nullable String name) {}

  /** Ignored: not shown. */
  public void setSourceMethodName(@Nullable String name) {}
}
