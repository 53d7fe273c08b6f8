package dev.latchkey.core.jul;

import org.jspecify.annotations.Nullable;

/** Stands in for the JDK's class of the same name; nothing here is ever attached to a logger. */
public abstract class Handler {
  private @Nullable Formatter formatter;
  private Level level = Level.FINEST;

  /** For subclasses. */
  protected Handler() {}

  /** Takes a record. */
  public abstract void publish(LogRecord record);

  /** Writes out what was taken. */
  public abstract void flush();

  /** Ends. */
  public abstract void close();

  /** The formatter in use. */
  public @Nullable Formatter getFormatter() {
    return formatter;
  }

  /** Sets the formatter. */
  public void setFormatter(@Nullable Formatter formatter) {
    this.formatter = formatter;
  }

  /** Sets the least serious level that is taken. */
  public void setLevel(Level level) {
    this.level = level;
  }

  /** Whether a record is serious enough. */
  public boolean isLoggable(LogRecord record) {
    return record.getLevel().intValue() >= level.intValue();
  }

  /** Ignored: there is nobody to tell. */
  protected void reportError(@Nullable String message, @Nullable Exception fault, int code) {}
}
