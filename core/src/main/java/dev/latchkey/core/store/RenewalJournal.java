package dev.latchkey.core.store;

import dev.latchkey.core.key.KeyId;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Leases and journal of renewals: the rows of {@code key_renewals}.
 *
 * <p>An attempt is a row. While it is in state {@code minting} or {@code minted} and its lease has
 * not run out, nobody else may begin one for the same key. Its state moves by compare-and-set only,
 * so a holder that was paused past its lease and taken over finds that it lost, whatever it does
 * next. All times are the table's own clock. Every method may block and throw {@link
 * StoreException}.
 *
 * <pre>
 *   begin -> minting -> minted -> stored -> done        the old key was revoked, or none was there
 *               |          |
 *               |          +----> abandoned -> cleaned  lease ran out, or minted and not activated
 *               +---------------> abandoned             may have been minted
 *               +---------------> failed                surely nothing was minted
 * </pre>
 */
public interface RenewalJournal {
  /** The error of an attempt that was abandoned because its holder did not end it in time. */
  String RAN_OUT = "its lease ran out";

  /**
   * Opens an attempt to make generation {@code generation + 1}. A predecessor whose lease ran out
   * is moved to {@code abandoned} on the way.
   *
   * @param key the row to renew; it need not exist yet (then {@code generation} is 0)
   * @param mintName the name the new key will carry at the provider
   * @return empty if somebody else holds the lease, or if the row has moved past this generation
   * @throws StoreException also if the row is there and cannot be opened: nothing overwrites it
   */
  Optional<Attempt> begin(
      KeyId key, String provider, Owner owner, long generation, String mintName, Duration lease);

  /** Notes the provider's reference of the minted key; false if the attempt is no longer ours. */
  boolean minted(Attempt attempt, @Nullable String providerRef);

  /**
   * Stores the new key and closes the attempt, both or neither: the row goes from the attempt's
   * generation to the next, or is added where generation was 0.
   *
   * @param next the key to store; its generation is the attempt's plus 1
   * @param retiredRef the replaced key's reference at the provider, to be revoked; null for none
   * @param grace how long the replaced key stays alive at the provider
   * @return false if the attempt is no longer ours, the row moved on or an operator took it out of
   *     service meanwhile; then nothing was stored. True again when called again
   */
  boolean activate(Attempt attempt, ManagedKey next, @Nullable String retiredRef, Duration grace);

  /** Closes an attempt that surely minted nothing. */
  void failed(Attempt attempt, String reason);

  /** Gives up an attempt that may have minted something; {@link #claimOrphans} finds it at once. */
  void abandoned(Attempt attempt, String reason);

  /**
   * How many attempts for this owner began within the last {@code window}, failed ones left out.
   */
  int begunWithin(String provider, Owner owner, Duration window);

  /**
   * Takes up to {@code limit} attempts of this provider that may have left a key behind, abandoned
   * or past their lease, for the time of {@code lease}; nobody else is given them meanwhile.
   *
   * @param settled those whose reference is not known are left out until so long after they began
   */
  List<Attempt> claimOrphans(String provider, Duration settled, Duration lease, int limit);

  /** The orphan is gone at the provider, or never was there. */
  void cleaned(Attempt orphan);

  /** Takes up to {@code limit} replaced keys whose grace time is over, as with orphans. */
  List<Attempt> claimRetired(String provider, Duration lease, int limit);

  /** The replaced key is revoked. */
  void done(Attempt attempt);

  /**
   * The latest attempt for this key, for people and for waiters; empty if there was none. One whose
   * lease has run out is told as what the next one will find it to be: abandoned.
   */
  Optional<Attempt> latest(KeyId key);

  /**
   * Forgets attempts of this provider that ended so long ago, at most {@code limit} of them; those
   * that may have left something at the provider stay.
   *
   * @return how many it forgot
   */
  int prune(String provider, Duration age, int limit);

  /** One attempt; immutable. */
  final class Attempt {
    private final long id;
    private final KeyId key;
    private final String provider;
    private final Owner owner;
    private final long generation;
    private final String mintName;
    private final String state;
    private final @Nullable String providerRef;
    private final @Nullable String retiredRef;
    private final @Nullable String error;
    private final Instant begunAt;

    /** An attempt as the table holds it. */
    public Attempt(
        long id,
        KeyId key,
        String provider,
        Owner owner,
        long generation,
        String mintName,
        String state,
        @Nullable String providerRef,
        @Nullable String retiredRef,
        @Nullable String error,
        Instant begunAt) {
      this.id = id;
      this.key = key;
      this.provider = provider;
      this.owner = owner;
      this.generation = generation;
      this.mintName = mintName;
      this.state = state;
      this.providerRef = providerRef;
      this.retiredRef = retiredRef;
      this.error = error;
      this.begunAt = begunAt;
    }

    /** The row's number; larger is later: the fencing token. */
    public long id() {
      return id;
    }

    /** The key being renewed. */
    public KeyId key() {
      return key;
    }

    /** Its provider. */
    public String provider() {
      return provider;
    }

    /** Its owner. */
    public Owner owner() {
      return owner;
    }

    /** The generation being replaced, 0 for a first key. */
    public long generation() {
      return generation;
    }

    /** The name that the new key carries at the provider. */
    public String mintName() {
      return mintName;
    }

    /** The state's name as in the drawing above. */
    public String state() {
      return state;
    }

    /** The minted key's reference at the provider, once known. */
    public @Nullable String providerRef() {
      return providerRef;
    }

    /** The replaced key's reference at the provider, if there is something to revoke. */
    public @Nullable String retiredRef() {
      return retiredRef;
    }

    /** Why it failed or was given up. */
    public @Nullable String error() {
      return error;
    }

    /** Whether its holder did not end it in time and is believed dead. */
    public boolean ranOut() {
      return state.equals("abandoned") && RAN_OUT.equals(error);
    }

    /** When it began, by the table's clock. */
    public Instant begunAt() {
      return begunAt;
    }

    @Override
    public String toString() {
      return provider + "/" + owner + " attempt " + id + " (" + mintName + ") " + state;
    }
  }
}
