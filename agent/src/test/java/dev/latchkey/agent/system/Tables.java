package dev.latchkey.agent.system;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a database holds, read past Latchkey. */
final class Tables {
  private static final List<String> NAMES =
      Arrays.asList("api_keys", "key_events", "key_usage", "key_renewals");

  /** Opens a connection. */
  interface Opener {
    Connection open() throws SQLException;
  }

  private final Opener opener;

  private Tables(Opener opener) {
    this.opener = opener;
  }

  static Tables of(Opener opener) {
    return new Tables(opener);
  }

  /** The embedded database in that folder, while nobody else has it open. */
  static Tables h2(Path folder) {
    return new Tables(
        () -> {
          try {
            Path own = folder.resolve("h2");
            byte[] password = Files.readAllBytes(own.resolve("password"));
            return DriverManager.getConnection(
                "jdbc:h2:file:"
                    + own.resolve("keys")
                    + ";IFEXISTS=TRUE;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE"
                    + ";DEFAULT_NULL_ORDERING=HIGH",
                "latchkey",
                new String(password, StandardCharsets.UTF_8).trim());
          } catch (java.io.IOException e) {
            throw new SQLException("no password file", e);
          }
        });
  }

  /** A query's rows, values as text. */
  List<Map<String, String>> rows(String sql) throws SQLException {
    List<Map<String, String>> out = new ArrayList<>();
    try (Connection c = opener.open();
        Statement s = c.createStatement();
        ResultSet r = s.executeQuery(sql)) {
      int columns = r.getMetaData().getColumnCount();
      while (r.next()) {
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 1; i <= columns; i++)
          row.put(r.getMetaData().getColumnLabel(i), r.getString(i));
        out.add(row);
      }
    }
    return out;
  }

  /** A query's only value, a number. */
  long number(String sql) throws SQLException {
    List<Map<String, String>> rows = rows(sql);
    String value = rows.get(0).values().iterator().next();
    return value == null ? 0 : Long.parseLong(value);
  }

  void execute(String sql) throws SQLException {
    try (Connection c = opener.open();
        Statement s = c.createStatement()) {
      s.execute(sql);
    }
  }

  /** Every column of every row of every table. */
  String dump() throws SQLException {
    StringBuilder out = new StringBuilder();
    for (String name : NAMES) out.append(name).append(rows("select * from " + name)).append('\n');
    return out.toString();
  }

  /** How many attempts at renewing are still open. */
  long liveAttempts() throws SQLException {
    return number("select count(*) from key_renewals where state in ('minting', 'minted')");
  }
}
