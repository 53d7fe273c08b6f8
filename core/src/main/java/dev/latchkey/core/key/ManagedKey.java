package dev.latchkey.core.key;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One key as it stands: a row of the key table, opened. Immutable; a change makes a new value
 * through {@link #toBuilder}.
 *
 * <p>A row whose ciphertext cannot be opened is a key without a secret and with a {@link #fault}:
 * it serves nothing and is never overwritten. A row {@link #isBar} holds no key at all: it only
 * keeps its owner out.
 */
public final class ManagedKey {
  private final KeyId id;
  private final String provider;
  private final Owner owner;
  private final @Nullable Secret secret;
  private final @Nullable String fault;
  private final KeySource source;
  private final KeyStatus status;
  private final int priority;
  private final long generation;
  private final @Nullable String providerRef;
  private final @Nullable Instant expiresAt;
  private final @Nullable Instant cooldownUntil;
  private final @Nullable String lastError;
  private final @Nullable Instant lastValidated;
  private final @Nullable Instant lastRenewalAt;
  private final Instant createdAt;
  private final @Nullable Long dailyLimit;
  private final @Nullable Long monthlyLimit;

  private ManagedKey(Builder b) {
    id = b.id;
    provider = b.provider;
    owner = b.owner;
    secret = b.secret;
    fault = b.fault;
    source = b.source;
    status = b.status;
    priority = b.priority;
    generation = b.generation;
    providerRef = b.providerRef;
    expiresAt = b.expiresAt;
    cooldownUntil = b.cooldownUntil;
    lastError = b.lastError;
    lastValidated = b.lastValidated;
    lastRenewalAt = b.lastRenewalAt;
    createdAt = b.createdAt;
    dailyLimit = b.dailyLimit;
    monthlyLimit = b.monthlyLimit;
  }

  /** Starts an active key of generation 1 and priority 0. */
  public static Builder builder(KeyId id, String provider, Owner owner) {
    return new Builder(id, provider, owner);
  }

  /** A row that keeps its owner out of a provider's keys without holding one. */
  public static ManagedKey bar(String provider, Owner owner, String reason) {
    return builder(KeyId.own(provider, owner), provider, owner)
        .status(KeyStatus.DISABLED)
        .lastError(reason)
        .build();
  }

  /** Starts a copy of this key. */
  public Builder toBuilder() {
    Builder b = new Builder(id, provider, owner);
    b.secret = secret;
    b.fault = fault;
    b.source = source;
    b.status = status;
    b.priority = priority;
    b.generation = generation;
    b.providerRef = providerRef;
    b.expiresAt = expiresAt;
    b.cooldownUntil = cooldownUntil;
    b.lastError = lastError;
    b.lastValidated = lastValidated;
    b.lastRenewalAt = lastRenewalAt;
    b.createdAt = createdAt;
    b.dailyLimit = dailyLimit;
    b.monthlyLimit = monthlyLimit;
    return b;
  }

  /** The row's identity; stays through renewals. */
  public KeyId id() {
    return id;
  }

  /** The provider definition's name, such as {@code openrouter}. */
  public String provider() {
    return provider;
  }

  /** Whose key it is. */
  public Owner owner() {
    return owner;
  }

  /** The key's text, or null when {@link #fault} says why it cannot be read. */
  public @Nullable Secret secret() {
    return secret;
  }

  /** Why the secret cannot be read and what to do about it; null when it can. */
  public @Nullable String fault() {
    return fault;
  }

  /** Where the key came from. */
  public KeySource source() {
    return source;
  }

  /** What the table says may be done with it. */
  public KeyStatus status() {
    return status;
  }

  /** Smaller serves first. */
  public int priority() {
    return priority;
  }

  /** Counts the secrets this row has had, from 1; a renewal raises it by one. */
  public long generation() {
    return generation;
  }

  /** The provider's own name for the key (at OpenRouter its hash), needed to revoke it. */
  public @Nullable String providerRef() {
    return providerRef;
  }

  /** When the provider ends it; null for never. */
  public @Nullable Instant expiresAt() {
    return expiresAt;
  }

  /** Until when a cooling or exhausted key rests; null for no known end. */
  public @Nullable Instant cooldownUntil() {
    return cooldownUntil;
  }

  /** The last fault seen with it, without any secret. */
  public @Nullable String lastError() {
    return lastError;
  }

  /** When the provider's probe last accepted it. */
  public @Nullable Instant lastValidated() {
    return lastValidated;
  }

  /** When its present secret was minted by a renewal; null for never renewed. */
  public @Nullable Instant lastRenewalAt() {
    return lastRenewalAt;
  }

  /** When the row was made. */
  public Instant createdAt() {
    return createdAt;
  }

  /** Calls allowed a day; null for no limit of ours. */
  public @Nullable Long dailyLimit() {
    return dailyLimit;
  }

  /** Calls allowed a month; null for no limit of ours. */
  public @Nullable Long monthlyLimit() {
    return monthlyLimit;
  }

  /** Whether the row holds no key and only says that its owner is disabled, or was. */
  public boolean isBar() {
    return secret == null && fault == null;
  }

  /** The mask of the secret; {@code unreadable}, or {@code -} where there is none. */
  public String mask() {
    if (secret != null) return secret.mask();
    return isBar() ? "-" : "unreadable";
  }

  /** Whether it may serve a call at this time (milliseconds since the epoch). Allocates nothing. */
  public boolean usableAt(long epochMillis) {
    if (secret == null) return false;
    if (status == KeyStatus.ACTIVE) return true;
    boolean rests = status == KeyStatus.COOLING || status == KeyStatus.EXHAUSTED;
    return rests && cooldownUntil != null && cooldownUntil.toEpochMilli() <= epochMillis;
  }

  @Override
  public String toString() {
    return provider
        + "/"
        + owner
        + " "
        + status.text()
        + " generation "
        + generation
        + " "
        + mask();
  }

  /** Collects a key's values; not safe for use by several threads. */
  public static final class Builder {
    private final KeyId id;
    private final String provider;
    private final Owner owner;
    private @Nullable Secret secret;
    private @Nullable String fault;
    private KeySource source = KeySource.MANUAL;
    private KeyStatus status = KeyStatus.ACTIVE;
    private int priority;
    private long generation = 1;
    private @Nullable String providerRef;
    private @Nullable Instant expiresAt;
    private @Nullable Instant cooldownUntil;
    private @Nullable String lastError;
    private @Nullable Instant lastValidated;
    private @Nullable Instant lastRenewalAt;
    private Instant createdAt = Instant.EPOCH;
    private @Nullable Long dailyLimit;
    private @Nullable Long monthlyLimit;

    private Builder(KeyId id, String provider, Owner owner) {
      this.id = id;
      this.provider = provider;
      this.owner = owner;
    }

    /** Sets the text and clears any fault. */
    public Builder secret(Secret value) {
      secret = value;
      fault = null;
      return this;
    }

    /** Says why the secret cannot be read and what to do; clears the secret. */
    public Builder fault(String value) {
      fault = value;
      secret = null;
      return this;
    }

    /** Sets where it came from. */
    public Builder source(KeySource value) {
      source = value;
      return this;
    }

    /** Sets the status. */
    public Builder status(KeyStatus value) {
      status = value;
      return this;
    }

    /** Sets the priority; smaller serves first. */
    public Builder priority(int value) {
      priority = value;
      return this;
    }

    /** Sets the generation, 1 or more. */
    public Builder generation(long value) {
      generation = value;
      return this;
    }

    /** Sets the provider's own name for it. */
    public Builder providerRef(@Nullable String value) {
      providerRef = value;
      return this;
    }

    /** Sets when the provider ends it. */
    public Builder expiresAt(@Nullable Instant value) {
      expiresAt = value;
      return this;
    }

    /** Sets until when it rests. */
    public Builder cooldownUntil(@Nullable Instant value) {
      cooldownUntil = value;
      return this;
    }

    /** Sets the last fault seen. */
    public Builder lastError(@Nullable String value) {
      lastError = value;
      return this;
    }

    /** Sets when the probe last accepted it. */
    public Builder lastValidated(@Nullable Instant value) {
      lastValidated = value;
      return this;
    }

    /** Sets when its present secret was minted. */
    public Builder lastRenewalAt(@Nullable Instant value) {
      lastRenewalAt = value;
      return this;
    }

    /** Sets when the row was made. */
    public Builder createdAt(Instant value) {
      createdAt = value;
      return this;
    }

    /** Sets the calls allowed a day. */
    public Builder dailyLimit(@Nullable Long value) {
      dailyLimit = value;
      return this;
    }

    /** Sets the calls allowed a month. */
    public Builder monthlyLimit(@Nullable Long value) {
      monthlyLimit = value;
      return this;
    }

    /**
     * Makes the key.
     *
     * @throws IllegalArgumentException if it has neither secret nor fault and is not out of service
     *     either, or has a generation under 1
     */
    public ManagedKey build() {
      boolean out = status == KeyStatus.DISABLED || status == KeyStatus.RETIRED;
      if (secret == null && fault == null && !out) {
        throw new IllegalArgumentException("a key needs a secret, or the reason why it has none");
      }
      if (generation < 1) {
        throw new IllegalArgumentException("a key's generation starts at 1: " + generation);
      }
      return new ManagedKey(this);
    }
  }
}
