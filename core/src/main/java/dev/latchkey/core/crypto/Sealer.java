package dev.latchkey.core.crypto;

import dev.latchkey.core.key.KeyId;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.key.Secret;

/**
 * Seals secrets for the table and opens them again. A sealed secret opens only in the row and
 * generation it was sealed for: two rows swapped, neither opens. Safe for use by many threads.
 */
public interface Sealer {

  /** The sealed secret, as printable ASCII for the column {@code key_encrypted}. */
  String seal(Secret secret, KeyId id, String provider, Owner owner, long generation);

  /**
   * The secret.
   *
   * @throws UnsealException if it was sealed with another keyset, for another row, or altered
   */
  Secret open(String sealed, KeyId id, String provider, Owner owner, long generation)
      throws UnsealException;
}
