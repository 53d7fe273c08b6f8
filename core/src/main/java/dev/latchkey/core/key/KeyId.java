package dev.latchkey.core.key;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A key row's identity: a UUID made from what the row stands for, so that two JVMs which find the
 * same key make the same row and the table's primary key keeps it single. Renewal keeps the id and
 * raises the generation. Immutable.
 */
public final class KeyId {
  private final UUID uuid;

  private KeyId(UUID uuid) {
    this.uuid = uuid;
  }

  /** The one key that an owner has at a provider. */
  public static KeyId own(String provider, Owner owner) {
    return named(provider + '\0' + owner.id());
  }

  /** One of a pool's keys, told apart by the fingerprint it was first found with. */
  public static KeyId pooled(String provider, Secret first) {
    return named(provider + '\0' + Owner.POOL.id() + '\0' + first.fingerprint());
  }

  /** The id that {@link #toString} printed. */
  public static KeyId parse(String text) {
    return new KeyId(UUID.fromString(text));
  }

  /** The id as the table holds it. */
  public UUID uuid() {
    return uuid;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyId && ((KeyId) other).uuid.equals(uuid);
  }

  @Override
  public int hashCode() {
    return uuid.hashCode();
  }

  @Override
  public String toString() {
    return uuid.toString();
  }

  private static KeyId named(String name) {
    return new KeyId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
  }
}
