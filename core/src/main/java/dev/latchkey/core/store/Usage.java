package dev.latchkey.core.store;

import dev.latchkey.core.key.KeyId;
import dev.latchkey.core.key.Owner;
import java.time.Instant;
import java.time.LocalDate;

/** Calls counted for one key, one calling owner and one day. Immutable. */
public final class Usage {
  private final KeyId key;
  private final Owner owner;
  private final LocalDate day;
  private final long successes;
  private final long errors;
  private final Instant lastUsed;

  private Usage(
      KeyId key, Owner owner, LocalDate day, long successes, long errors, Instant lastUsed) {
    this.key = key;
    this.owner = owner;
    this.day = day;
    this.successes = successes;
    this.errors = errors;
    this.lastUsed = lastUsed;
  }

  /**
   * Counted calls.
   *
   * @param day the day by the provider's quota clock
   */
  public static Usage of(
      KeyId key, Owner owner, LocalDate day, long successes, long errors, Instant lastUsed) {
    return new Usage(key, owner, day, successes, errors, lastUsed);
  }

  /** The key that served them. */
  public KeyId key() {
    return key;
  }

  /** Who called. */
  public Owner owner() {
    return owner;
  }

  /** The day by the provider's quota clock. */
  public LocalDate day() {
    return day;
  }

  /** Calls that the provider answered well. */
  public long successes() {
    return successes;
  }

  /** Calls that it did not. */
  public long errors() {
    return errors;
  }

  /** When the last of them was. */
  public Instant lastUsed() {
    return lastUsed;
  }
}
