package dev.latchkey.jdbc;

import dev.latchkey.core.crypto.Sealer;
import dev.latchkey.core.crypto.UnsealException;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.store.Snapshot;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of a table as text: the cursor in the first line, then a {@link RowText} in each. */
final class RowSnapshot implements Snapshot {
  /** A larger table has none: the text is read in one piece. */
  static final int MOST = 1_000;

  private static final String FROM = " from api_keys k where k.status <> 'retired'";
  private static final String COUNT =
      "select count(*) from (select 1" + FROM + " limit " + (MOST + 1) + ")";
  private static final String SELECT =
      "select " + KeyRows.COLUMNS + FROM + " order by k.priority, k.created_at, k.id";

  private final String[] lines;
  private final Sealer sealer;

  private RowSnapshot(String[] lines, Sealer sealer) {
    this.lines = lines;
    this.sealer = sealer;
  }

  static RowSnapshot of(String text, Sealer sealer) {
    return new RowSnapshot(text.split("\n", -1), sealer);
  }

  /** The text; null if there are too many rows, or if the table alone can tell of one. */
  static @Nullable String read(Connection c, Sealer sealer) throws SQLException {
    try (Statement s = c.createStatement()) {
      s.setQueryTimeout(1);
      return isSmall(s) ? read(s, ChangeFeed.start(c).cursor(), new KeyRows(sealer), sealer) : null;
    }
  }

  private static boolean isSmall(Statement s) throws SQLException {
    try (ResultSet row = s.executeQuery(COUNT)) {
      row.next();
      return row.getInt(1) <= MOST;
    }
  }

  private static @Nullable String read(Statement s, String cursor, KeyRows keys, Sealer sealer)
      throws SQLException {
    StringBuilder text = new StringBuilder(RowText.text(cursor));
    try (ResultSet row = s.executeQuery(SELECT)) {
      while (row.next()) {
        String line = RowText.of(keys.read(row), sealer);
        if (line == null) return null;
        text.append('\n').append(line);
      }
    }
    return text.toString();
  }

  @Override
  public @Nullable List<ManagedKey> find(String provider, Owner owner) {
    String beginning = RowText.beginning(provider, owner);
    List<ManagedKey> rows = new ArrayList<>();
    try {
      for (int i = 1; i < lines.length; i++) {
        if (lines[i].startsWith(beginning)) rows.add(RowText.parse(lines[i], sealer));
      }
      return rows;
    } catch (UnsealException | RuntimeException e) {
      return null;
    }
  }

  @Override
  public List<Owner> disabledOwners(String provider, int limit) {
    Set<Owner> owners = new LinkedHashSet<>();
    for (int i = 1; i < lines.length && owners.size() < limit; i++) {
      Owner owner = RowText.ofDisabled(lines[i], provider);
      if (owner != null && !owner.isPool()) owners.add(owner);
    }
    return new ArrayList<>(owners);
  }

  @Override
  public String cursor() {
    return String.valueOf(RowText.read(lines[0]));
  }
}
