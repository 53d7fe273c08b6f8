package dev.latchkey.core.jul;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Stands in for the JDK's class of the same name: warnings and worse go to the agent's log,
 * everything else nowhere.
 */
public class Logger {
  private final String name;

  private Logger(String name) {
    this.name = name;
  }

  /** The logger of that name. */
  public static Logger getLogger(String name) {
    return new Logger(name);
  }

  /** The logger of no name. */
  public static Logger getGlobal() {
    return new Logger("global");
  }

  /** The logger's name. */
  public String getName() {
    return name;
  }

  /** Null: loggers have no tree here. */
  public @Nullable Logger getParent() {
    return null;
  }

  /** Whether the level is shown. */
  public boolean isLoggable(Level level) {
    return level.intValue() >= Level.WARNING.intValue() && level != Level.OFF;
  }

  /** Logs a record. */
  public void log(LogRecord record) {
    if (!isLoggable(record.getLevel())) return;
    LoggerFactory.getLogger(name).warn("{}", text(record), record.getThrown());
  }

  /** Logs a message. */
  public void log(Level level, @Nullable String message) {
    if (isLoggable(level)) log(new LogRecord(level, message));
  }

  /** Logs a message that is made only where it is shown. */
  public void log(Level level, Supplier<String> message) {
    if (isLoggable(level)) log(new LogRecord(level, message.get()));
  }

  /** Logs a message with a parameter. */
  public void log(Level level, @Nullable String message, @Nullable Object parameter) {
    if (isLoggable(level)) log(level, message, new Object[] {parameter});
  }

  /** Logs a message with parameters. */
  public void log(Level level, @Nullable String message, Object @Nullable [] parameters) {
    if (!isLoggable(level)) return;
    LogRecord record = new LogRecord(level, message);
    record.setParameters(parameters);
    log(record);
  }

  /** Logs a message with what was thrown. */
  public void log(Level level, @Nullable String message, @Nullable Throwable thrown) {
    if (!isLoggable(level)) return;
    LogRecord record = new LogRecord(level, message);
    record.setThrown(thrown);
    log(record);
  }

  /** Logs a failure. */
  public void severe(@Nullable String message) {
    log(Level.SEVERE, message);
  }

  /** Logs a warning. */
  public void warning(@Nullable String message) {
    log(Level.WARNING, message);
  }

  /** Not shown. */
  public void info(@Nullable String message) {}

  /** Not shown. */
  public void config(@Nullable String message) {}

  /** Not shown. */
  public void fine(@Nullable String message) {}

  /** Not shown. */
  public void finer(@Nullable String message) {}

  /** Not shown. */
  public void finest(@Nullable String message) {}

  // {0} and its like by hand: MessageFormat would trip over the apostrophes of plain messages.
  static String text(LogRecord record) {
    String text = String.valueOf(record.getMessage());
    Object[] parameters = record.getParameters();
    for (int i = 0; parameters != null && i < parameters.length; i++) {
      text = text.replace("{" + i + "}", String.valueOf(parameters[i]));
    }
    return text;
  }
}
