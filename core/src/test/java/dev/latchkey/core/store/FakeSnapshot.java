package dev.latchkey.core.store;

import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One key, one owner who is disabled, of whose keys nothing can be told, and nobody else. */
public final class FakeSnapshot implements Snapshot {
  private final ManagedKey key;
  private final Owner disabled;
  private final String cursor;

  private FakeSnapshot(ManagedKey key, Owner disabled, String cursor) {
    this.key = key;
    this.disabled = disabled;
    this.cursor = cursor;
  }

  /** Of that table at this moment. */
  public static FakeSnapshot of(KeyStore table, ManagedKey key, Owner disabled) {
    return new FakeSnapshot(key, disabled, table.changes(null).cursor());
  }

  @Override
  public @Nullable List<ManagedKey> find(String provider, Owner owner) {
    if (owner.equals(disabled)) return null;
    return owner.equals(key.owner()) ? Collections.singletonList(key) : Collections.emptyList();
  }

  @Override
  public List<Owner> disabledOwners(String provider, int limit) {
    return Collections.singletonList(disabled);
  }

  @Override
  public String cursor() {
    return cursor;
  }
}
