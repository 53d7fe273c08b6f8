package dev.latchkey.core.jul;

/** Stands in for the JDK's class of the same name. */
public abstract class Formatter {
  /** For subclasses. */
  protected Formatter() {}

  /** The record as text. */
  public abstract String format(LogRecord record);

  /** What stands before the first record. */
  public String getHead(Handler handler) {
    return "";
  }

  /** What stands after the last record. */
  public String getTail(Handler handler) {
    return "";
  }
}
