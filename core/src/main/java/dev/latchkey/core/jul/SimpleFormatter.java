package dev.latchkey.core.jul;

/** Stands in for the JDK's class of the same name. */
public class SimpleFormatter extends Formatter {
  /** A formatter. */
  public SimpleFormatter() {}

  @Override
  public String format(LogRecord record) {
    return record.getLevel() + ": " + Logger.text(record) + "\n";
  }
}
