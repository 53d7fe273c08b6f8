package dev.latchkey.jdbc;

import dev.latchkey.core.crypto.Sealer;
import dev.latchkey.core.key.KeyId;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.key.Secret;
import dev.latchkey.core.key.SecretAccess;

/** Seals nothing, for tests that count rows and need to start fast. */
final class NoSealer implements Sealer {
  @Override
  public String seal(Secret secret, KeyId id, String provider, Owner owner, long generation) {
    return secret.reveal(SecretAccess.granted());
  }

  @Override
  public Secret open(String sealed, KeyId id, String provider, Owner owner, long generation) {
    return Secret.of(sealed);
  }
}
