package dev.latchkey.core.store;

import dev.latchkey.core.crypto.Sealer;
import dev.latchkey.core.key.Secret;
import dev.latchkey.core.time.TimeSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a store needs to open; immutable. */
public final class StoreSettings {
  /** How the URL begins where {@link #connections} are somebody else's; the name follows. */
  public static final String CONTAINER = "jndi:";

  private final String url;
  private final @Nullable String username;
  private final @Nullable Secret password;
  private final boolean notify;
  private final Supplier<Sealer> sealer;
  private final TimeSource time;
  private final @Nullable Object connections;
  private final boolean makesTables;

  private StoreSettings(
      String url,
      @Nullable String username,
      @Nullable Secret password,
      boolean notify,
      Supplier<Sealer> sealer,
      TimeSource time,
      @Nullable Object connections,
      boolean makesTables) {
    this.url = url;
    this.username = username;
    this.password = password;
    this.notify = notify;
    this.sealer = sealer;
    this.time = time;
    this.connections = connections;
    this.makesTables = makesTables;
  }

  /**
   * Settings.
   *
   * @param url a JDBC URL, {@code h2:FOLDER} for the embedded database in that folder, or {@code
   *     memory}
   * @param notify whether a connection of its own may wait for notifications
   * @param sealer seals and opens secrets; asked when the store opens, and for each snapshot
   */
  public static StoreSettings of(
      String url,
      @Nullable String username,
      @Nullable Secret password,
      boolean notify,
      Supplier<Sealer> sealer,
      TimeSource time) {
    return new StoreSettings(url, username, password, notify, sealer, time, null, true);
  }

  /**
   * The same over connections that somebody else gives out, such as a container.
   *
   * @param source a {@code javax.sql.DataSource}; core knows no JDBC, hence the type
   * @param name what people call it
   */
  public StoreSettings over(Object source, String name) {
    return new StoreSettings(
        CONTAINER + name, null, null, false, sealer, time, source, makesTables);
  }

  /** The same for somebody who only looks: tables that are not there are not made. */
  public StoreSettings lookingOnly() {
    return new StoreSettings(url, username, password, notify, sealer, time, connections, false);
  }

  /** Whether tables that are not there, or are older than this version, are made. */
  public boolean makesTables() {
    return makesTables;
  }

  /** Who gives out connections; null where the store opens its own. */
  public @Nullable Object connections() {
    return connections;
  }

  /** The JDBC URL, {@code h2:FOLDER}, {@code memory}, or {@link #CONTAINER} and a name. */
  public String url() {
    return url;
  }

  /** The database user, or null where the URL says it. */
  public @Nullable String username() {
    return username;
  }

  /** The database user's password, or null for none. */
  public @Nullable Secret password() {
    return password;
  }

  /** Whether LISTEN/NOTIFY may hold a connection of its own. */
  public boolean notifies() {
    return notify;
  }

  /** Seals and opens secrets. */
  public Supplier<Sealer> sealer() {
    return sealer;
  }

  /** The clocks. */
  public TimeSource time() {
    return time;
  }
}
