package dev.latchkey.core.jul;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LoggerTest {
  @Test
  void parametersGoWhereTheirNumbersStand() {
    LogRecord record = new LogRecord(Level.WARNING, "it's {1}, not {0}: {2}");
    record.setParameters(new Object[] {"a", 2});
    assertThat(Logger.text(record)).isEqualTo("it's 2, not a: {2}");
  }

  @Test
  void onlyWarningsAndWorseAreShown() {
    Logger logger = Logger.getLogger("library");
    assertThat(logger.isLoggable(Level.SEVERE)).isTrue();
    assertThat(logger.isLoggable(Level.WARNING)).isTrue();
    assertThat(logger.isLoggable(Level.INFO)).isFalse();
    assertThat(logger.isLoggable(Level.OFF)).isFalse();
  }

  @Test
  void messageThatIsNotShownIsNotMade() {
    Logger.getLogger("library")
        .log(
            Level.FINE,
            () -> {
              throw new AssertionError("made for nothing");
            });
  }
}
