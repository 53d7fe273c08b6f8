package dev.latchkey.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sets a statement's parameters in their order; values travel in no other way. */
final class Params implements AutoCloseable {
  private final PreparedStatement statement;
  private int next = 1;

  private Params(PreparedStatement statement) {
    this.statement = statement;
  }

  static Params of(Connection connection, String sql) throws SQLException {
    return new Params(connection.prepareStatement(sql));
  }

  /** For an insert whose generated {@code id} is asked for. */
  static Params returningId(Connection connection, String sql) throws SQLException {
    return new Params(connection.prepareStatement(sql, new String[] {"id"}));
  }

  Params text(@Nullable String value) throws SQLException {
    statement.setString(next++, value);
    return this;
  }

  Params number(long value) throws SQLException {
    statement.setLong(next++, value);
    return this;
  }

  Params numberOrNull(@Nullable Long value) throws SQLException {
    statement.setObject(next++, value, Types.BIGINT);
    return this;
  }

  Params flag(boolean value) throws SQLException {
    statement.setBoolean(next++, value);
    return this;
  }

  Params uuid(UUID value) throws SQLException {
    statement.setObject(next++, value);
    return this;
  }

  Params day(LocalDate value) throws SQLException {
    statement.setObject(next++, value);
    return this;
  }

  Params time(@Nullable Instant value) throws SQLException {
    OffsetDateTime utc = value == null ? null : value.atOffset(ZoneOffset.UTC);
    statement.setObject(next++, utc, Types.TIMESTAMP_WITH_TIMEZONE);
    return this;
  }

  void addBatch() throws SQLException {
    statement.addBatch();
    next = 1;
  }

  int[] executeBatch() throws SQLException {
    return statement.executeBatch();
  }

  int update() throws SQLException {
    return statement.executeUpdate();
  }

  ResultSet query() throws SQLException {
    return statement.executeQuery();
  }

  ResultSet generatedKeys() throws SQLException {
    return statement.getGeneratedKeys();
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }

  /** A time that the row may lack. */
  static @Nullable Instant timeOf(ResultSet row, String column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }

  /** A time that the row always has. */
  static Instant instantOf(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  /** A number that the row may lack. */
  static @Nullable Long numberOf(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }
}
