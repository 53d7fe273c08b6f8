package dev.latchkey.core.provider;

import dev.latchkey.core.key.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A provider's own key-management calls. Each blocks, bounded by its client's 10 s, so none is
 * called on an application's thread. Safe for use by many threads. Never throws but where it says
 * so; no message holds a secret.
 */
public interface ProviderApi {

  /** Whether the provider can tell if a key is good. */
  boolean canProbe();

  /** Whether keys can be made: the definition says how, and a provisioning key is set. */
  boolean canMint();

  /**
   * What an operator has to set before keys can be made though there is a provisioning key: names
   * of variables or settings; null for nothing.
   */
  default @Nullable String unsetToMint() {
    return null;
  }

  /** Whether keys can be revoked and listed. */
  boolean canRevoke();

  /** Asks the provider about a key: OK, KEY_INVALID, ... or TRANSIENT where it cannot be asked. */
  Classification probe(Secret key);

  /**
   * Makes a key.
   *
   * @throws ProvisioningException if there is none, or there may be one that we do not know
   */
  Minted mint(MintRequest request) throws ProvisioningException;

  /**
   * Revokes a key; one that is gone already counts as revoked.
   *
   * @throws ProvisioningException if it may still be alive
   */
  void revoke(String ref) throws ProvisioningException;

  /**
   * The keys that carry this name, to find what a crash left behind.
   *
   * @throws ProvisioningException if the list could not be read
   */
  List<RemoteKey> findByName(String name) throws ProvisioningException;

  /** A key as it was minted. Immutable. */
  final class Minted {
    private final Secret secret;
    private final @Nullable String ref;
    private final @Nullable Instant expiresAt;

    /** What the provider answered. */
    public Minted(Secret secret, @Nullable String ref, @Nullable Instant expiresAt) {
      this.secret = secret;
      this.ref = ref;
      this.expiresAt = expiresAt;
    }

    /** The key. */
    public Secret secret() {
      return secret;
    }

    /** The provider's name for it, needed to revoke it. */
    public @Nullable String ref() {
      return ref;
    }

    /** When the provider ends it; null for never. */
    public @Nullable Instant expiresAt() {
      return expiresAt;
    }
  }

  /** What to mint. Immutable; limits and life time come from the provider's settings. */
  final class MintRequest {
    private final String name;
    private final @Nullable Duration lifetime;

    /** A key of this name. */
    public MintRequest(String name, @Nullable Duration lifetime) {
      this.name = name;
      this.lifetime = lifetime;
    }

    /** The name it carries at the provider. */
    public String name() {
      return name;
    }

    /** How long it shall live; null for as long as the provider likes. */
    public @Nullable Duration lifetime() {
      return lifetime;
    }
  }

  /** A key as the provider lists it. Immutable. */
  final class RemoteKey {
    private final String name;
    private final String ref;

    /** A row of the list. */
    public RemoteKey(String name, String ref) {
      this.name = name;
      this.ref = ref;
    }

    /** The name it was minted with. */
    public String name() {
      return name;
    }

    /** The provider's reference. */
    public String ref() {
      return ref;
    }
  }
}
