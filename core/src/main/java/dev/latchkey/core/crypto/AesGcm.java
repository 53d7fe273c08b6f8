package dev.latchkey.core.crypto;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.KeysetHandleInterface;
import com.google.crypto.tink.aead.AeadWrapper;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.aead.internal.AesGcmProtoSerialization;
import com.google.crypto.tink.internal.PrimitiveConstructor;
import com.google.crypto.tink.internal.PrimitiveRegistry;
import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.util.SecretBytes;
import java.security.GeneralSecurityException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Tink, told of the one kind of key that is made here and of nothing else. Its own list of kinds
 * also prepares their making and their names, which would cost each start 200 classes; a keyset of
 * another kind gets it.
 */
final class AesGcm implements Configuration {
  private static final int KEY_BYTES = 32;

  private final PrimitiveRegistry kinds;

  private AesGcm(PrimitiveRegistry kinds) {
    this.kinds = kinds;
  }

  static Configuration configuration() throws GeneralSecurityException {
    AesGcmProtoSerialization.register();
    PrimitiveRegistry.Builder kinds = PrimitiveRegistry.builder();
    AeadWrapper.registerToInternalPrimitiveRegistry(kinds);
    kinds.registerPrimitiveConstructor(
        PrimitiveConstructor.create(AesGcmJce::create, AesGcmKey.class, Aead.class));
    return new AesGcm(kinds.build());
  }

  /** A keyset with one new key, of what Tink calls {@code AES256_GCM}. */
  @AccessesPartialKey // Makes one of bytes: Tink's way to make keys prepares all kinds.
  static KeysetHandle newKeyset() throws GeneralSecurityException {
    AesGcmProtoSerialization.register();
    int id = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
    AesGcmKey key =
        AesGcmKey.builder()
            .setParameters(aes256Gcm())
            .setKeyBytes(SecretBytes.randomBytes(KEY_BYTES))
            .setIdRequirement(id)
            .build();
    return KeysetHandle.newBuilder()
        .addEntry(KeysetHandle.importKey(key).withFixedId(id).makePrimary())
        .build();
  }

  private static AesGcmParameters aes256Gcm() throws GeneralSecurityException {
    return AesGcmParameters.builder()
        .setKeySizeBytes(KEY_BYTES)
        .setIvSizeBytes(12)
        .setTagSizeBytes(16)
        .setVariant(AesGcmParameters.Variant.TINK)
        .build();
  }

  @Override
  public <P> P createPrimitive(KeysetHandleInterface keyset, Class<P> type)
      throws GeneralSecurityException {
    return kinds.wrap(keyset, type);
  }
}
