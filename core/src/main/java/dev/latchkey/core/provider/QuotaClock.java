package dev.latchkey.core.provider;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import org.jspecify.annotations.Nullable;

/**
 * When a provider's daily and monthly allowances start anew, right across DST. Immutable, but for
 * the day it was asked for last, which most calls ask for again.
 */
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
  private volatile @Nullable Today today;

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
    Today known = today;
    if (known != null && known.holds(now.getEpochSecond())) return known.day;
    LocalDate day = now.atZone(zone).toLocalDate();
    today = new Today(day, zone);
    return day;
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

  /** One day in one zone, whose midnights were looked up. */
  private static final class Today {
    final LocalDate day;
    private final long from;
    private final long to;

    Today(LocalDate day, ZoneId zone) {
      this.day = day;
      this.from = day.atStartOfDay(zone).toEpochSecond();
      this.to = day.plusDays(1).atStartOfDay(zone).toEpochSecond();
    }

    boolean holds(long epochSecond) {
      return epochSecond >= from && epochSecond < to;
    }
  }
}
