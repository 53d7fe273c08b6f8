package dev.latchkey.jdbc;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Flyway's log at debug level: what fails comes back as an exception, and its advice to upgrade
 * Flyway is not for the people who read this log. Public because Flyway makes it by its name.
 */
public final class QuietLog implements Log, LogCreator {
  private static final Logger LOG = LoggerFactory.getLogger("latchkey.migrations");

  /** For Flyway. */
  public QuietLog() {}

  @Override
  public Log createLogger(Class<?> type) {
    return this;
  }

  @Override
  public boolean isDebugEnabled() {
    return false;
  }

  @Override
  public void debug(String message) {}

  @Override
  public void info(String message) {
    LOG.debug(message);
  }

  @Override
  public void warn(String message) {
    LOG.debug(message);
  }

  @Override
  public void error(String message) {
    LOG.debug(message);
  }

  @Override
  public void error(String message, Exception e) {
    LOG.debug(message, e);
  }

  @Override
  public void notice(String message) {
    LOG.debug(message);
  }
}
