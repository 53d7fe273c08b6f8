package dev.latchkey.core.store;

import org.jspecify.annotations.Nullable;

/** Opens key stores of one kind; found by {@link java.util.ServiceLoader}. */
public interface KeyStoreProvider {

  /** Whether this provider opens stores of that URL. */
  boolean accepts(String url);

  /**
   * Whether nothing can be stored there yet, told without opening or reaching anything; false where
   * that cannot be known. Cheap: it is asked twice a second, and whenever an owner's key is looked
   * for.
   */
  default boolean isNew(String url) {
    return false;
  }

  /**
   * What is known of the table without opening or reaching it; null where nothing is, and where it
   * may be out of date. Quick, but reads files.
   */
  default @Nullable Snapshot snapshot(StoreSettings settings) {
    return null;
  }

  /**
   * Opens the store; creates or migrates its tables where needed. May block for seconds.
   *
   * @throws StoreException if it cannot be opened; trying again later is allowed
   */
  KeyStore open(StoreSettings settings);
}
