package dev.latchkey.jdbc;

import dev.latchkey.core.store.StoreException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a database's failure means: in plain English for people, and whether trying again helps.
 * SQLStates by PostgreSQL's manual, appendix A; H2's numbers by {@code org.h2.api.ErrorCode}.
 */
final class Failures {
  private static final Set<String> COLLISIONS = set("40001", "40P01", "HYT00", "55P03");
  private static final Set<String> NO_SUCH_TABLE = set("42P01", "42S02", "42S03", "42S04");
  private static final int H2_COLLISION = 90131;
  // Opening failed, in use, connection broken, closed, closed at shutdown, being closed, not found
  // while the owner of the file changes.
  private static final Set<Integer> H2_HAND_OVER =
      new HashSet<>(Arrays.asList(8000, 90020, 90067, 90098, 90121, 90013, 90135, 90146));

  private Failures() {}

  /** Whether another transaction was in the way; ours was rolled back. */
  static boolean isCollision(SQLException e) {
    return COLLISIONS.contains(state(e)) || e.getErrorCode() == H2_COLLISION;
  }

  /** Whether the process that owned H2's file is gone and another one is about to take over. */
  static boolean isHandOver(SQLException e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof SQLException && H2_HAND_OVER.contains(((SQLException) t).getErrorCode())) {
        return true;
      }
    }
    return false;
  }

  /** Whether a statement named a table that is not there: PostgreSQL's state, H2's three. */
  static boolean isNoSuchTable(SQLException e) {
    return NO_SUCH_TABLE.contains(state(e));
  }

  static StoreException describe(String what, String where, SQLException e) {
    String state = state(e);
    String message = what + " failed: " + where + " " + reason(state, e);
    boolean namesUser = state.startsWith("28");
    return namesUser ? new StoreException(message) : new StoreException(message, e);
  }

  private static String reason(String state, SQLException e) {
    if (state.startsWith("28")) {
      return "refuses the user or its password; check store.username and store.password, or, with"
          + " h2:FOLDER, restore FOLDER/h2/password from a backup";
    }
    if (state.startsWith("08")) {
      return "cannot be reached; is it running, and is store.url right? (" + deepest(e) + ")";
    }
    switch (state) {
      case "3D000":
        return "has no such database; create it, or correct store.url";
      case "25006":
      case "90097":
        return "is read-only (a standby?); point store.url at one that can be written";
      case "42501":
        return "does not allow this to our user; grant it select, insert and update on the tables"
            + " and, for an update of Latchkey, create on the schema";
      case "53300":
        return "has no connection left; raise its limit or use a pooler";
      case "57P01":
      case "57P02":
      case "57P03":
        return "is starting or stopping; this is tried again later";
      case "90020":
        return "is in use by a process that does not share it; stop that one";
      default:
        return "says: " + deepest(e) + " (SQLState " + state + ")";
    }
  }

  /** The most telling SQLState of the chain: a pool wraps the driver's exception. */
  private static String state(SQLException e) {
    String found = "";
    for (Throwable t = e; t != null; t = t.getCause()) {
      String state = t instanceof SQLException ? ((SQLException) t).getSQLState() : null;
      if (state != null && !state.isEmpty()) found = state;
    }
    return found;
  }

  private static String deepest(SQLException e) {
    Throwable last = e;
    while (last.getCause() != null && last.getCause() != last) last = last.getCause();
    return firstLine(last.getMessage() == null ? last.toString() : last.getMessage());
  }

  /** H2 appends the statement, PostgreSQL position and hints. */
  private static String firstLine(@Nullable String text) {
    String line = String.valueOf(text).split("; SQL statement:|[\\r\\n]", 2)[0].trim();
    return line.length() > 300 ? line.substring(0, 300) + "..." : line;
  }

  private static Set<String> set(String... values) {
    return new HashSet<>(Arrays.asList(values));
  }
}
