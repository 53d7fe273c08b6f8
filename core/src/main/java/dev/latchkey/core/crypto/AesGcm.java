package dev.latchkey.core.crypto;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.KeysetHandleInterface;
import com.google.crypto.tink.aead.AeadWrapper;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.internal.AesGcmProtoSerialization;
import com.google.crypto.tink.internal.PrimitiveConstructor;
import com.google.crypto.tink.internal.PrimitiveRegistry;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.security.GeneralSecurityException;

/**
 * Tink, told of the one kind of key that is made here and of nothing else. Its own list of kinds
 * also prepares their making and their names, which would cost each start 200 classes; a keyset of
 * another kind gets it.
 */
final class AesGcm implements Configuration {
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

  @Override
  public <P> P createPrimitive(KeysetHandleInterface keyset, Class<P> type)
      throws GeneralSecurityException {
    return kinds.wrap(keyset, type);
  }
}
