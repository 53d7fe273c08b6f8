package dev.latchkey.core.store;

import dev.latchkey.core.key.ManagedKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Keys that changed, and where to continue. Immutable. */
public final class Changes {
  private final List<ManagedKey> keys;
  private final String cursor;

  private Changes(List<ManagedKey> keys, String cursor) {
    this.keys = Collections.unmodifiableList(new ArrayList<>(keys));
    this.cursor = cursor;
  }

  /** An answer; a key may be told twice, never left out. */
  public static Changes of(List<ManagedKey> keys, String cursor) {
    return new Changes(keys, cursor);
  }

  /** The changed keys as they are now, retired ones too. */
  public List<ManagedKey> keys() {
    return keys;
  }

  /** What to pass next time; means something only to the store that made it. */
  public String cursor() {
    return cursor;
  }
}
