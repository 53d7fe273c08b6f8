package dev.latchkey.core.provider;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;

/** When a provider's daily and monthly allowances start anew, right across DST. Immutable. */
public final class QuotaClock {
  /** The span after which an allowance starts anew. */
  public enum Period {
    /** At midnight. */
    DAY,
    /** On Monday, midnight. */
    WEEK,
    /** On the first, midnight. */
    MONTH
  }

  private final Period period;
  private final ZoneId zone;

  private QuotaClock(Period period, ZoneId zone) {
    this.period = period;
    this.zone = zone;
  }

  /** A clock of that period in that zone. */
  public static QuotaClock of(Period period, ZoneId zone) {
    return new QuotaClock(period, zone);
  }

  /** The span. */
  public Period period() {
    return period;
  }

  /** The provider's zone. */
  public ZoneId zone() {
    return zone;
  }

  /** The provider's date at that time. */
  public LocalDate day(Instant now) {
    return now.atZone(zone).toLocalDate();
  }

  /** The first moment after {@code now} at which a new period begins. */
  public Instant nextReset(Instant now) {
    return nextReset(now, period);
  }

  /** The first moment after {@code now} at which a new period of that length begins. */
  public Instant nextReset(Instant now, Period of) {
    LocalDate today = day(now);
    return firstOfNext(today, of).atStartOfDay(zone).toInstant();
  }

  private static LocalDate firstOfNext(LocalDate today, Period of) {
    switch (of) {
      case DAY:
        return today.plusDays(1);
      case WEEK:
        return today.with(TemporalAdjusters.next(java.time.DayOfWeek.MONDAY));
      default:
        return today.with(TemporalAdjusters.firstDayOfNextMonth());
    }
  }
}
