package dev.latchkey.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Makes the tables of an embedded database that is brand new, with the note that Flyway would leave
 * there, so that the first start of all needs no Flyway; what is newer than that note is Flyway's.
 * What a killed process left half made is completed: only the note, written after them, says that
 * all tables are there. See RATIONALE.md, "Why does the first start of all need no Flyway?".
 */
final class NewTables {
  private static final String NOTE = "new-h2.sql";

  private NewTables() {}

  /** For a database in which nobody else keeps tables; the caller holds the lock. */
  static void make(Connection connection) throws SQLException {
    Scripts scripts = new Scripts(NewTables.class.getClassLoader());
    try (Statement statement = connection.createStatement()) {
      statement.execute(repeatable(scripts.firstText()));
      statement.execute(scripts.text(NOTE));
    }
  }

  private static String repeatable(String script) {
    return script.replaceAll("(?m)^create (table|index|unique index) ", "create $1 if not exists ");
  }
}
