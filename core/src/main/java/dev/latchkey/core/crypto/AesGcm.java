package dev.latchkey.core.crypto;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.aead.internal.AesGcmProtoSerialization;
import com.google.crypto.tink.util.SecretBytes;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The keyset that is made here: one key of what Tink calls {@code AES256_GCM}. Such a keyset is
 * known by its very text, since Tink's way to read any keyset costs each start 200 classes.
 */
@AccessesPartialKey // Makes keys of bytes: Tink's way to make them prepares all kinds.
final class AesGcm {
  private static final int KEY_BYTES = 32;

  /** What Tink writes for it; the value is the key's protocol buffer. */
  private static final Pattern TEXT =
      Pattern.compile(
          "\\{\"primaryKeyId\":([1-9]\\d{0,9}),\"key\":\\[\\{\"keyData\":\\{"
              + "\"typeUrl\":\"type\\.googleapis\\.com/google\\.crypto\\.tink\\.AesGcmKey\","
              + "\"value\":\"([A-Za-z0-9+/]{46}==)\",\"keyMaterialType\":\"SYMMETRIC\"},"
              + "\"status\":\"ENABLED\",\"keyId\":\\1,\"outputPrefixType\":\"TINK\"}]}\\s*");

  /** Field 3, the key's bytes, and how many there are; field 1, a version of 0, is not written. */
  private static final byte[] BEFORE_KEY = {3 << 3 | 2, KEY_BYTES};

  private AesGcm() {}

  /** A keyset with one new key. */
  static KeysetHandle newKeyset() throws GeneralSecurityException {
    AesGcmProtoSerialization.register();
    int id = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
    AesGcmKey key = key(id, SecretBytes.randomBytes(KEY_BYTES));
    return KeysetHandle.newBuilder()
        .addEntry(KeysetHandle.importKey(key).withFixedId(id).makePrimary())
        .build();
  }

  /** The key of a keyset like those made here; null for any other, which is Tink's to read. */
  static @Nullable AesGcmKey read(String json) throws GeneralSecurityException {
    Matcher text = TEXT.matcher(json);
    if (!text.matches()) return null;
    byte[] value = Base64.getDecoder().decode(text.group(2));
    byte[] before = Arrays.copyOf(value, BEFORE_KEY.length);
    if (!Arrays.equals(before, BEFORE_KEY)) return null;
    byte[] bytes = Arrays.copyOfRange(value, BEFORE_KEY.length, value.length);
    return key(
        Integer.parseUnsignedInt(text.group(1)),
        SecretBytes.copyFrom(bytes, InsecureSecretKeyAccess.get()));
  }

  private static AesGcmKey key(int id, SecretBytes bytes) throws GeneralSecurityException {
    return AesGcmKey.builder()
        .setParameters(aes256Gcm())
        .setKeyBytes(bytes)
        .setIdRequirement(id)
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
}
