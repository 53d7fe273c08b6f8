package dev.latchkey.jdbc;

import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.store.Changes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What changed, by {@code updated_at}, the time by the database's clock at which the changing
 * transaction began. Such a time becomes visible only when the transaction commits, so each round
 * looks back by more than a transaction can last: a key may be told again, never left out.
 *
 * <p>A round that finds more than a page goes on where the page ended; only a new round looks back.
 */
final class ChangeFeed {
  /**
   * A transaction lasts {@link Transactor#LONGEST_SECONDS}, then idles at most 5 s, and commits.
   */
  static final int OVERLAP_SECONDS = 20;

  private static final int PAGE = 1_000;

  private static final String NOW = "select current_timestamp as clock";
  // The first condition is the one that the index on (updated_at, id) serves.
  static final String SELECT =
      "select n.clock, k.updated_at, "
          + KeyRows.COLUMNS
          + " from (select current_timestamp as clock) n left join api_keys k on"
          + " k.updated_at >= ? and (k.updated_at > ? or k.id > ?)"
          + " order by k.updated_at, k.id limit ?";

  private final Transactor transactor;
  private final KeyRows rows;

  ChangeFeed(Transactor transactor, KeyRows rows) {
    this.transactor = transactor;
    this.rows = rows;
  }

  Changes since(@Nullable String cursor) {
    if (cursor == null) return transactor.read("reading the clock", ChangeFeed::start);
    Cursor from = Cursor.parse(cursor);
    return transactor.read("reading which keys changed", c -> page(c, from));
  }

  /** An answer that tells of no change yet. */
  static Changes start(Connection c) throws SQLException {
    try (Params p = Params.of(c, NOW);
        ResultSet row = p.query()) {
      row.next();
      Cursor next = Cursor.lookingBackFrom(Params.instantOf(row, "clock"));
      return Changes.of(Collections.emptyList(), next.toString());
    }
  }

  private Changes page(Connection c, Cursor from) throws SQLException {
    try (Params p = Params.of(c, SELECT)) {
      p.time(from.time).time(from.time).uuid(from.id).number(PAGE);
      try (ResultSet row = p.query()) {
        return page(row, from);
      }
    }
  }

  private Changes page(ResultSet row, Cursor from) throws SQLException {
    List<ManagedKey> keys = new ArrayList<>();
    Instant began = from.began;
    Cursor last = from;
    while (row.next()) {
      if (began == null) began = Params.instantOf(row, "clock");
      Instant updated = Params.timeOf(row, "updated_at");
      if (updated == null) break;
      ManagedKey key = rows.read(row);
      keys.add(key);
      last = new Cursor(began, updated, key.id().uuid());
    }
    boolean more = keys.size() == PAGE;
    Cursor next = began == null || more ? last : Cursor.lookingBackFrom(began);
    return Changes.of(keys, next.toString());
  }

  /** Where to go on: after this row, in a round that began then, or in a new round if null. */
  private static final class Cursor {
    private static final UUID LEAST = new UUID(0, 0);

    private final @Nullable Instant began;
    private final Instant time;
    private final UUID id;

    Cursor(@Nullable Instant began, Instant time, UUID id) {
      this.began = began;
      this.time = time;
      this.id = id;
    }

    static Cursor lookingBackFrom(Instant clock) {
      return new Cursor(null, clock.minusSeconds(OVERLAP_SECONDS), LEAST);
    }

    static Cursor parse(String text) {
      String[] parts = text.split(" ", -1);
      Instant began = parts[0].isEmpty() ? null : Instant.parse(parts[0]);
      return new Cursor(began, Instant.parse(parts[1]), UUID.fromString(parts[2]));
    }

    @Override
    public String toString() {
      return (began == null ? "" : began) + " " + time + " " + id;
    }
  }
}
