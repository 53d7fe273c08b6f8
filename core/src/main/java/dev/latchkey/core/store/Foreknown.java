package dev.latchkey.core.store;

import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What can be told of a table that nobody opened yet, and from where on its changes have to be
 * followed once it is open. Each answer looks anew whether the snapshot still holds. Safe for use
 * by many threads.
 */
final class Foreknown {
  private final Supplier<@Nullable Snapshot> snapshot;
  private final AtomicReference<@Nullable String> cursor = new AtomicReference<>();

  Foreknown(Supplier<@Nullable Snapshot> snapshot) {
    this.snapshot = snapshot;
  }

  boolean isThere() {
    return answer(known -> true) != null;
  }

  /** Null if the table has to be asked. */
  @Nullable List<ManagedKey> find(String provider, Owner owner) {
    return answer(known -> known.find(provider, owner));
  }

  /** Null if the table has to be asked. */
  @Nullable List<Owner> disabledOwners(String provider, int limit) {
    return answer(known -> known.disabledOwners(provider, limit));
  }

  /** Where the first snapshot ended that was looked at; null if there was none. */
  @Nullable String cursor() {
    return cursor.get();
  }

  private <T> @Nullable T answer(Function<Snapshot, @Nullable T> question) {
    try {
      Snapshot known = snapshot.get();
      T answer = known == null ? null : question.apply(known);
      if (known != null && answer != null) cursor.compareAndSet(null, known.cursor());
      return answer;
    } catch (RuntimeException | LinkageError e) {
      return null; // The table is there to be asked, and says what is wrong.
    }
  }
}
