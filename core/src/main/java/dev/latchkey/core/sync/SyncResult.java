package dev.latchkey.core.sync;

import dev.latchkey.core.key.KeySource;
import dev.latchkey.core.key.ManagedKey;
import org.jspecify.annotations.Nullable;

/** The answer of a sync: which key, from where, stored or not, and what is wrong. Immutable. */
public final class SyncResult {
  private final @Nullable ManagedKey key;
  private final @Nullable KeySource source;
  private final boolean synced;
  private final @Nullable String error;
  private final boolean tableDown;

  private SyncResult(
      @Nullable ManagedKey key,
      @Nullable KeySource source,
      boolean synced,
      @Nullable String error,
      boolean tableDown) {
    this.key = key;
    this.source = source;
    this.synced = synced;
    this.error = error;
    this.tableDown = tableDown;
  }

  static SyncResult synced(ManagedKey key, KeySource source) {
    return new SyncResult(key, source, true, null, false);
  }

  /** A key to work with that the table does not hold. */
  static SyncResult unsynced(ManagedKey key, String error) {
    return new SyncResult(key, key.source(), false, error, true);
  }

  /** A key that is there and cannot serve. */
  static SyncResult unusable(ManagedKey key, String error) {
    return new SyncResult(key, KeySource.DATABASE, true, error, false);
  }

  static SyncResult none(String error) {
    return new SyncResult(null, null, false, error, false);
  }

  /** No key, because nobody could look into the table. */
  static SyncResult tableDown(String error) {
    return new SyncResult(null, null, false, error, true);
  }

  /** The key; null if there is none. */
  public @Nullable ManagedKey key() {
    return key;
  }

  /** The key's mask; null if there is none. */
  public @Nullable String mask() {
    return key == null ? null : key.mask();
  }

  /** Where it was found this time, {@code database} for one read back; null if there is none. */
  public @Nullable KeySource source() {
    return source;
  }

  /** Whether the table holds it. */
  public boolean isSynced() {
    return synced;
  }

  /** Whether the table could not be asked, or is not made yet. */
  public boolean isTableDown() {
    return tableDown;
  }

  /** What is wrong and what to do; null if all is well. */
  public @Nullable String error() {
    return error;
  }

  /** Whether a call can be served with it. */
  public boolean isUsable() {
    return key != null && key.secret() != null && (error == null || !synced);
  }

  @Override
  public String toString() {
    return "{key "
        + mask()
        + ", source "
        + source
        + ", synced "
        + synced
        + ", error "
        + error
        + "}";
  }
}
