package dev.latchkey.core.store;

import dev.latchkey.core.key.KeyEvent;
import dev.latchkey.core.key.KeyId;
import dev.latchkey.core.key.KeyStatus;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import java.io.Closeable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The port to the key table that a fleet shares.
 *
 * <p>Every method may block on I/O, so none is called on an application's thread; each throws
 * {@link StoreException} when the table cannot be reached or refuses. Implementations are safe for
 * use by many threads and many processes, take their decisions in the table (never in memory), hold
 * no transaction open between two calls, and order events by the table's own clock.
 */
public interface KeyStore extends Closeable {

  /** The keys of one owner at one provider, best priority first, without the retired ones. */
  List<ManagedKey> find(String provider, Owner owner);

  /**
   * All keys, retired ones too, ordered by provider, owner and priority: for people.
   *
   * @param provider only this provider's, or null for all
   * @param owner only this owner's, or null for all
   * @param limit at most so many rows, 1 or more
   */
  List<ManagedKey> list(@Nullable String provider, @Nullable Owner owner, int limit);

  /**
   * Adds a key unless its id is there already. Its {@code createdAt} becomes the table's time.
   *
   * @return true if this call added it
   */
  boolean add(ManagedKey key);

  /**
   * Notes what became of a key, unless it has moved on to another generation since. A cooldown only
   * ever moves later: an earlier {@code until} than the stored one leaves the stored one. {@link
   * MarkRule} says which of two notes about one generation wins.
   *
   * @param until when the rest ends; null for unknown or where the status has none
   * @param reason for {@code last_error}; null clears it
   * @return true if the row still was of this generation
   */
  boolean mark(
      KeyId id,
      long generation,
      KeyStatus status,
      @Nullable Instant until,
      @Nullable String reason);

  /**
   * Takes an owner out of service at a provider: his keys, or where he has none a row without a key
   * ({@link ManagedKey#isBar}) that keeps him out. Of a pooled provider, a user is kept out of the
   * pool. Nothing but {@link #enable} undoes it.
   *
   * @param reason for {@code last_error}
   */
  void disable(String provider, Owner owner, String reason);

  /**
   * Brings an owner back whom {@link #disable} took out of service. His keys are active again; a
   * row without a key is retired, and makes room for a key when one is stored under its id.
   *
   * @return false if he was not disabled
   */
  boolean enable(String provider, Owner owner);

  /**
   * The owners who are disabled at a provider, the pool itself left out.
   *
   * @param limit at most so many, 1 or more
   */
  List<Owner> disabledOwners(String provider, int limit);

  /** Notes that the provider's probe accepted this generation just now. */
  void validated(KeyId id, long generation, Instant at);

  /**
   * The keys that changed since an earlier answer, at most 1,000 (the rest comes with the next
   * call).
   *
   * @param cursor an earlier answer's {@link Changes#cursor}; null gives no keys, only a cursor
   */
  Changes changes(@Nullable String cursor);

  /**
   * Calls {@code onChange} soon after another process changed a key, where the implementation can
   * tell; polling {@link #changes} must not rely on it.
   */
  default void listen(Runnable onChange) {}

  /** Adds counted usage; one call for a batch. */
  void count(List<Usage> usage);

  /** Appends to the history; one call for a batch. */
  void append(List<KeyEvent> events);

  /**
   * Forgets the oldest events if they happened so long ago, at most {@code limit} of them.
   *
   * @return how many it forgot
   */
  int pruneEvents(Duration age, int limit);

  /** Keys whose {@code expires_at} lies before this time and which still serve, soonest first. */
  List<ManagedKey> expiringBefore(Instant time, int limit);

  /** The lease and journal of renewals. */
  RenewalJournal renewals();

  /** Where the keys are, for people: no user name, no password, no parameters. */
  String describe();

  /** The version of the tables, for people; {@code none} where there are no tables. */
  default String schema() {
    return "none";
  }

  /** Lets go of connections and threads; does nothing the second time. */
  @Override
  void close();
}
