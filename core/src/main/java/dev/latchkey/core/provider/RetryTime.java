package dev.latchkey.core.provider;

import dev.latchkey.core.yaml.Durations;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Where an answer tells when to try again. Pure, immutable. */
interface RetryTime {
  /** The longest rest that an answer can ask for; a provider's mistake must end some time. */
  Duration LONGEST = Duration.ofDays(40);

  /** The time; null if this source says nothing. */
  @Nullable Instant find(AnswerHead head, Body body, Instant now);

  /** The place in the body that it reads; null for none. */
  default @Nullable JsonPath place() {
    return null;
  }

  /** A fixed span from now. */
  static RetryTime after(Duration span) {
    return (head, body, now) -> now.plus(span);
  }

  /** The quota clock's next reset. */
  static RetryTime quota(QuotaClock clock, QuotaClock.Period period) {
    return (head, body, now) -> clock.nextReset(now, period);
  }

  /** A header's value. */
  static RetryTime header(String name, Form form) {
    return (head, body, now) -> {
      String value = head.header(name);
      return value == null ? null : bounded(form, value.trim(), now);
    };
  }

  /** A JSON value. */
  static RetryTime json(JsonPath path, Form form) {
    return new RetryTime() {
      @Override
      public @Nullable Instant find(AnswerHead head, Body body, Instant now) {
        for (String value : body.json().values(path)) {
          Instant at = bounded(form, value.trim(), now);
          if (at != null) return at;
        }
        return null;
      }

      @Override
      public JsonPath place() {
        return path;
      }
    };
  }

  /** The time that the text means, between now and 40 days from now; null if it means none. */
  static @Nullable Instant bounded(Form form, String text, Instant now) {
    Instant at = form.read(text, now);
    if (at == null || at.isBefore(now)) return at == null ? null : now;
    Instant latest = now.plus(LONGEST);
    return at.isAfter(latest) ? latest : at;
  }

  /** How the time is written. */
  enum Form {
    /** Seconds from now, fractions allowed; or an HTTP date, as RFC 9110 has it. */
    SECONDS,
    /** Milliseconds from now. */
    MILLIS,
    /** Seconds since 1970. */
    EPOCH_SECONDS,
    /** Milliseconds since 1970. */
    EPOCH_MILLIS,
    /** A span such as {@code 6m0s}. */
    DURATION,
    /** ISO 8601 with zone. */
    TIMESTAMP;

    private static final double MOST = 1e15;

    /** The time; null for text of another form. */
    @Nullable Instant read(String text, Instant now) {
      if (text.isEmpty() || text.length() > 64) return null;
      switch (this) {
        case SECONDS:
          Instant later = in(now, text, 1000);
          return later != null ? later : date(text, DateTimeFormatter.RFC_1123_DATE_TIME);
        case MILLIS:
          return in(now, text, 1);
        case EPOCH_SECONDS:
          return in(Instant.EPOCH, text, 1000);
        case EPOCH_MILLIS:
          return in(Instant.EPOCH, text, 1);
        case DURATION:
          Duration span = Durations.parse(text);
          return span == null ? null : now.plus(span);
        default:
          return date(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME);
      }
    }

    private static @Nullable Instant in(Instant from, String text, int millis) {
      try {
        double count = Double.parseDouble(text) * millis;
        return count >= 0 && count <= MOST ? from.plusMillis((long) Math.ceil(count)) : null;
      } catch (NumberFormatException | DateTimeException e) {
        return null;
      }
    }

    private static @Nullable Instant date(String text, DateTimeFormatter format) {
      try {
        return format.parse(text, Instant::from);
      } catch (DateTimeException e) {
        return null;
      }
    }
  }
}
