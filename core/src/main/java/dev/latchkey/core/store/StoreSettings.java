package dev.latchkey.core.store;

import dev.latchkey.core.crypto.Sealer;
import dev.latchkey.core.key.Secret;
import dev.latchkey.core.time.TimeSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a store needs to open; immutable. */
public final class StoreSettings {
  private final String url;
  private final @Nullable String username;
  private final @Nullable Secret password;
  private final boolean notify;
  private final Supplier<Sealer> sealer;
  private final TimeSource time;

  private StoreSettings(
      String url,
      @Nullable String username,
      @Nullable Secret password,
      boolean notify,
      Supplier<Sealer> sealer,
      TimeSource time) {
    this.url = url;
    this.username = username;
    this.password = password;
    this.notify = notify;
    this.sealer = sealer;
    this.time = time;
  }

  /**
   * Settings.
   *
   * @param url a JDBC URL, {@code h2:FOLDER} for the embedded database in that folder, or {@code
   *     memory}
   * @param notify whether a connection of its own may wait for notifications
   * @param sealer seals and opens secrets; asked once, when the store opens
   */
  public static StoreSettings of(
      String url,
      @Nullable String username,
      @Nullable Secret password,
      boolean notify,
      Supplier<Sealer> sealer,
      TimeSource time) {
    return new StoreSettings(url, username, password, notify, sealer, time);
  }

  /** The JDBC URL, {@code h2:FOLDER}, or {@code memory}. */
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
