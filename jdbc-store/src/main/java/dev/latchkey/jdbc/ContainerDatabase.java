package dev.latchkey.jdbc;

import dev.latchkey.core.store.StoreException;
import dev.latchkey.core.store.StoreSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * A database whose connections a container gives out: PostgreSQL or H2, told apart by what the
 * connection says of itself. Pooling, user and password are the container's business; notifications
 * are not, since they need a connection for good.
 */
final class ContainerDatabase {
  private ContainerDatabase() {}

  static boolean accepts(String url) {
    return url.startsWith(StoreSettings.CONTAINER);
  }

  static Database of(StoreSettings settings) {
    String name = settings.url().substring(StoreSettings.CONTAINER.length());
    DataSource source = (DataSource) Objects.requireNonNull(settings.connections());
    String product = product(source, name);
    return new Database(
        dialect(product, name), product + " of data source " + name, source::getConnection);
  }

  private static String product(DataSource source, String name) {
    try (Connection connection = source.getConnection()) {
      return connection.getMetaData().getDatabaseProductName();
    } catch (SQLException e) {
      throw Failures.describe("opening the key store", "data source " + name, e);
    }
  }

  private static Dialect dialect(String product, String name) {
    if (product.equals("PostgreSQL")) return Dialect.POSTGRES;
    if (product.equals("H2")) return Dialect.H2;
    throw new StoreException(
        "data source " + name + " is " + product + "; PostgreSQL and H2 can hold the keys");
  }
}
