package dev.latchkey.jdbc;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A database that can be connected to: how, as which dialect, and what people call it. Connects
 * through the driver's own classes, never through {@link java.sql.DriverManager}, which belongs to
 * the application. Safe for use by many threads.
 */
final class Database implements DataSource {
  /** Opens a connection of its own, not a pooled one. */
  interface Connector {
    Connection connect() throws SQLException;
  }

  private final Connector connector;
  private final Dialect dialect;
  private final String description;
  private final boolean ours;
  private final boolean made;
  private final @Nullable LastRows last;

  Database(Dialect dialect, String description, Connector connector) {
    this(dialect, description, connector, false, false, null);
  }

  private Database(
      Dialect dialect,
      String description,
      Connector connector,
      boolean ours,
      boolean made,
      @Nullable LastRows last) {
    this.dialect = dialect;
    this.description = description;
    this.connector = connector;
    this.ours = ours;
    this.made = made;
    this.last = last;
  }

  /** The same, whose next connection is this one, which is open already. */
  Database startingWith(Connection opened) {
    AtomicReference<@Nullable Connection> first = new AtomicReference<>(opened);
    Connector next =
        () -> {
          Connection ready = first.getAndSet(null);
          return ready == null ? connector.connect() : ready;
        };
    return new Database(dialect, description, next, ours, made, last);
  }

  /**
   * The same, as one that is Latchkey's own.
   *
   * @param wasMade whether it was made before
   * @param rows where to keep what it held when it is closed; null for nowhere
   */
  Database ofOurs(boolean wasMade, @Nullable LastRows rows) {
    return new Database(dialect, description, connector, true, wasMade, rows);
  }

  /** Whether nobody else keeps tables there. */
  boolean isOurs() {
    return ours;
  }

  /** Whether it is ours and was there before; its tables most likely are, too. */
  boolean wasMade() {
    return made;
  }

  /** Where to keep what it held when it is closed; null for nowhere. */
  @Nullable LastRows lastRows() {
    return last;
  }

  /** Whether that driver was loaded by a loader of ours, not the application's class path. */
  static boolean isOurCopy(Class<?> driver) {
    return driver.getClassLoader() != ClassLoader.getSystemClassLoader();
  }

  Dialect dialect() {
    return dialect;
  }

  /** Such as {@code PostgreSQL at db:5432/keys}; no user, password or parameter. */
  String description() {
    return description;
  }

  /** How long an operation may be tried again while the database is handed over. */
  Duration patience() {
    return dialect == Dialect.H2 ? Duration.ofSeconds(15) : Duration.ZERO;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return connector.connect();
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("the user is part of the settings");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {}

  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("no java.util.logging here");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("wraps nothing: " + type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
