package dev.latchkey.jdbc;

import java.lang.reflect.Method;
import java.sql.Connection;
import org.h2.engine.Database;
import org.h2.engine.Session;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;

/**
 * Leaves it to us when the database is closed at the JVM's end. H2's own shutdown hook runs at the
 * same time as the one that still has counts to write, and cuts it off. H2 has a setting for that,
 * {@code DB_CLOSE_ON_EXIT=FALSE}, but refuses it together with {@code AUTO_SERVER}; hence the
 * reflection, into a class of the very H2 that we ship. Nothing is lost where nobody closes the
 * database: with {@code WRITE_DELAY=0} it bears that.
 */
final class H2Exit {
  private H2Exit() {}

  /**
   * From now on H2 does not close that connection's database at the JVM's end.
   *
   * @return whether this process has the database's file open, not another one for it
   */
  static boolean leaveToUs(Connection connection) {
    if (!(connection instanceof JdbcConnection)) return false;
    Session session = ((JdbcConnection) connection).getSession();
    if (!(session instanceof SessionLocal)) return false;
    unregister(((SessionLocal) session).getDatabase());
    return true;
  }

  private static void unregister(Database database) {
    try {
      Method method =
          Class.forName("org.h2.engine.OnExitDatabaseCloser", true, Database.class.getClassLoader())
              .getDeclaredMethod("unregister", Database.class);
      method.setAccessible(true);
      method.invoke(null, database);
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Another H2 than ours: it closes the database as it always does.
    }
  }
}
