package dev.latchkey.core.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.subtle.AesGcmJce;
import dev.latchkey.core.key.KeyId;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.key.Secret;
import dev.latchkey.core.key.SecretAccess;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/**
 * Seals with Tink's AEAD. A sealed secret is {@code v1.} and the Base64 of Tink's ciphertext, whose
 * bytes 1 to 4 name the key of the keyset (Tink's output prefix, "Tink wire format").
 *
 * <p>The row's identity is the associated data, each field with its length, so that no two rows
 * have the same: provider {@code a} of owner {@code bc} is not provider {@code ab} of owner {@code
 * c}.
 */
final class TinkSealer implements Sealer {
  private static final String VERSION = "v1.";
  private static final int PREFIX_LENGTH = 5;

  private final Aead aead;
  private final Set<Integer> keyNumbers;
  private final String origin;

  private TinkSealer(Aead aead, Set<Integer> keyNumbers, String origin) {
    this.aead = aead;
    this.keyNumbers = keyNumbers;
    this.origin = origin;
  }

  /** Any keyset; its kinds must be registered with Tink. */
  static TinkSealer of(KeysetHandle keyset, String origin) throws GeneralSecurityException {
    Set<Integer> numbers = new HashSet<>();
    for (int i = 0; i < keyset.size(); i++) numbers.add(keyset.getAt(i).getId());
    Aead aead = keyset.getPrimitive(RegistryConfiguration.get(), Aead.class);
    return new TinkSealer(aead, numbers, origin);
  }

  /** A keyset of one key. */
  static TinkSealer of(AesGcmKey key, String origin) throws GeneralSecurityException {
    Set<Integer> number = Collections.singleton(key.getIdRequirementOrNull());
    return new TinkSealer(AesGcmJce.create(key), number, origin);
  }

  @Override
  public String seal(Secret secret, KeyId id, String provider, Owner owner, long generation) {
    byte[] text = secret.reveal(SecretAccess.granted()).getBytes(UTF_8);
    try {
      byte[] sealed = aead.encrypt(text, row(id, provider, owner, generation));
      return VERSION + Base64.getEncoder().encodeToString(sealed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("sealing with the keyset of " + origin + " failed", e);
    }
  }

  @Override
  public Secret open(String sealed, KeyId id, String provider, Owner owner, long generation)
      throws UnsealException {
    byte[] bytes = decode(sealed);
    refuseForeignKey(bytes);
    try {
      byte[] text = aead.decrypt(bytes, row(id, provider, owner, generation));
      return Secret.of(new String(text, UTF_8));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw altered();
    }
  }

  private static byte[] decode(String sealed) throws UnsealException {
    if (!sealed.startsWith(VERSION)) throw altered();
    try {
      return Base64.getDecoder().decode(sealed.substring(VERSION.length()));
    } catch (IllegalArgumentException e) {
      throw altered();
    }
  }

  private void refuseForeignKey(byte[] bytes) throws UnsealException {
    if (bytes.length < PREFIX_LENGTH || bytes[0] != 1) throw altered();
    int number = ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
    if (keyNumbers.contains(number)) return;
    throw new UnsealException(
        "sealed with another keyset than the one of "
            + origin
            + ": put the keyset back that was used before; if it is lost, delete this row, and a"
            + " new key is found or made");
  }

  private static UnsealException altered() {
    return new UnsealException(
        "altered since it was stored, or moved here from another row: restore the row from a"
            + " backup, or delete it, and a new key is found or made");
  }

  private static byte[] row(KeyId id, String provider, Owner owner, long generation) {
    byte[] first = provider.getBytes(UTF_8);
    byte[] second = owner.id().getBytes(UTF_8);
    return ByteBuffer.allocate(4 * Long.BYTES + first.length + second.length)
        .putLong(id.uuid().getMostSignificantBits())
        .putLong(id.uuid().getLeastSignificantBits())
        .putLong(generation)
        .putInt(first.length)
        .put(first)
        .putInt(second.length)
        .put(second)
        .array();
  }
}
