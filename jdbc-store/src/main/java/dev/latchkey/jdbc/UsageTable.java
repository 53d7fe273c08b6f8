package dev.latchkey.jdbc;

import dev.latchkey.core.store.Usage;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Rows of {@code key_usage}, and the sums in {@code api_keys}. Counting does not touch {@code
 * updated_at}: it is no change that others must hear of.
 */
final class UsageTable {
  private static final int AT_ONCE = 200;

  /** Two batches lock the rows they share in one order, so neither waits for the other for ever. */
  private static final Comparator<Usage> ONE_ORDER =
      Comparator.comparing((Usage u) -> u.key().uuid())
          .thenComparing(u -> u.owner().id())
          .thenComparing(Usage::day);

  private static final String ADD =
      "update key_usage set success_count = success_count + ?, error_count = error_count + ?,"
          + " last_used_at = greatest(last_used_at, cast(? as timestamp with time zone))"
          + " where key_id = ? and user_id = ? and usage_day = ?";
  private static final String INSERT =
      "insert into key_usage (success_count, error_count, last_used_at, key_id, user_id, usage_day)"
          + " values (?, ?, ?, ?, ?, ?) on conflict do nothing";

  /** A count of an earlier day or month that arrives late adds to the totals only. */
  private static final String SUM =
      "update api_keys set success_count = success_count + ?, error_count = error_count + ?,"
          + " consecutive_errors = case when ? then 0 else consecutive_errors + ? end,"
          + " used_today = case when usage_day = ? then used_today + ?"
          + " when usage_day > ? then used_today else ? end,"
          + " usage_day = case when usage_day > ? then usage_day else ? end,"
          + " used_this_month = case when usage_month = ? then used_this_month + ?"
          + " when usage_month > ? then used_this_month else ? end,"
          + " usage_month = case when usage_month > ? then usage_month else ? end,"
          + " last_used_at = greatest(coalesce(last_used_at, cast(? as timestamp with time zone)),"
          + " cast(? as timestamp with time zone))"
          + " where id = ?";

  private final Transactor transactor;

  UsageTable(Transactor transactor) {
    this.transactor = transactor;
  }

  void count(List<Usage> counted) {
    List<Usage> sorted = new ArrayList<>(counted);
    sorted.sort(ONE_ORDER);
    for (int from = 0; from < sorted.size(); from += AT_ONCE) {
      List<Usage> some = sorted.subList(from, Math.min(from + AT_ONCE, sorted.size()));
      transactor.write("counting usage", c -> count(c, some));
    }
  }

  private static int count(Connection c, List<Usage> some) throws SQLException {
    List<Usage> missing = without(some, run(c, ADD, some));
    List<Usage> madeMeanwhile = without(missing, run(c, INSERT, missing));
    run(c, ADD, madeMeanwhile);
    try (Params p = Params.of(c, SUM)) {
      for (Usage one : some) sum(p, one);
      return p.executeBatch().length;
    }
  }

  private static int[] run(Connection c, String sql, List<Usage> some) throws SQLException {
    if (some.isEmpty()) return new int[0];
    try (Params p = Params.of(c, sql)) {
      for (Usage u : some) {
        p.number(u.successes()).number(u.errors()).time(u.lastUsed());
        p.uuid(u.key().uuid()).text(u.owner().id()).day(u.day()).addBatch();
      }
      return p.executeBatch();
    }
  }

  private static List<Usage> without(List<Usage> all, int[] changed) {
    List<Usage> left = new ArrayList<>();
    for (int i = 0; i < changed.length; i++) if (changed[i] == 0) left.add(all.get(i));
    return left;
  }

  private static void sum(Params p, Usage u) throws SQLException {
    long calls = u.successes() + u.errors();
    LocalDate month = u.day().withDayOfMonth(1);
    p.number(u.successes()).number(u.errors()).flag(u.successes() > 0).number(u.errors());
    period(p, u.day(), calls);
    period(p, month, calls);
    p.time(u.lastUsed()).time(u.lastUsed()).uuid(u.key().uuid()).addBatch();
  }

  private static void period(Params p, LocalDate start, long calls) throws SQLException {
    p.day(start).number(calls).day(start).number(calls).day(start).day(start);
  }
}
