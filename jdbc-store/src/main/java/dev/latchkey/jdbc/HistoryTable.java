package dev.latchkey.jdbc;

import dev.latchkey.core.key.KeyEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Rows of {@code key_events}; only ever added, and forgotten when they are old. */
final class HistoryTable {
  private static final int REASON_LENGTH = 1_000;
  private static final int MASK_LENGTH = 100;
  private static final String INSERT =
      "insert into key_events (happened_at, event, provider, user_id, key_mask, reason)"
          + " values (?, ?, ?, ?, ?, ?)";

  /** Looks at the oldest rows only: there is no index on the time alone, nor need there be. */
  private static final String PRUNE =
      "delete from key_events where id in (select id from key_events order by id limit ?)"
          + " and happened_at < current_timestamp - "
          + Dialect.MILLIS;

  private HistoryTable() {}

  static int prune(Connection c, Duration age, int limit) throws SQLException {
    try (Params p = Params.of(c, PRUNE)) {
      return p.number(limit).number(age.toMillis()).update();
    }
  }

  static int append(Connection c, List<KeyEvent> events) throws SQLException {
    try (Params p = Params.of(c, INSERT)) {
      for (KeyEvent e : events) {
        p.time(e.at()).text(e.type().text()).text(e.provider()).text(e.owner().id());
        p.text(Texts.fit(e.mask(), MASK_LENGTH)).text(Texts.fit(e.reason(), REASON_LENGTH));
        p.addBatch();
      }
      return p.executeBatch().length;
    }
  }
}
