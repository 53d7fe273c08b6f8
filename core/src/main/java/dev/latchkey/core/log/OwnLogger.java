package dev.latchkey.core.log;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/**
 * Writes lines such as {@code 2026-11-21T14:00:00.123Z INFO latchkey openrouter/alice renewed
 * ***************b465 the provider refused the key}. Latchkey's own events count from INFO, those
 * of the libraries inside it from WARN.
 */
final class OwnLogger extends LegacyAbstractLogger {
  private static final long serialVersionUID = 1;
  private static final String OURS = "latchkey";
  private static final int MOST_CAUSES = 4;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final boolean ours;

  OwnLogger(String name) {
    this.name = name;
    this.ours = name.equals(OURS) || name.startsWith("dev.latchkey.");
  }

  @Override
  public boolean isTraceEnabled() {
    return false;
  }

  @Override
  public boolean isDebugEnabled() {
    return ours && LogOutput.shows(Level.DEBUG);
  }

  @Override
  public boolean isInfoEnabled() {
    return ours && LogOutput.shows(Level.INFO);
  }

  @Override
  public boolean isWarnEnabled() {
    return LogOutput.shows(Level.WARN);
  }

  @Override
  public boolean isErrorEnabled() {
    return true;
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      @Nullable String pattern,
      Object @Nullable [] arguments,
      @Nullable Throwable fault) {
    LogOutput.line(line(Instant.now(), level, pattern, arguments, fault));
  }

  String line(
      Instant at,
      Level level,
      @Nullable String pattern,
      Object @Nullable [] arguments,
      @Nullable Throwable fault) {
    StringBuilder line = new StringBuilder(160);
    line.append(TIME.format(at)).append(' ').append(level).append(' ').append(OURS).append(' ');
    if (!ours) line.append(name, name.lastIndexOf('.') + 1, name.length()).append(": ");
    escape(String.valueOf(MessageFormatter.basicArrayFormat(pattern, arguments)), line);
    appendCauses(fault, line);
    return line.toString();
  }

  private static void appendCauses(@Nullable Throwable fault, StringBuilder line) {
    Throwable cause = fault;
    for (int i = 0; i < MOST_CAUSES && cause != null; i++) {
      line.append(": ");
      escape(cause.toString(), line);
      cause = cause.getCause();
    }
  }

  // One event is one line, whatever is in it, and no terminal obeys it.
  private static void escape(String text, StringBuilder line) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        line.append("\\n");
      } else if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
        line.append(String.format("\\u%04x", (int) c));
      } else {
        line.append(c);
      }
    }
  }
}
