package dev.latchkey.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.security.GeneralSecurityException;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is read by its text alone is what Tink reads. */
class AesGcmTest {
  private static final byte[] TEXT = {1, 2, 3};
  private static final byte[] ROW = {4, 5};

  @BeforeAll
  static void register() throws GeneralSecurityException {
    AeadConfig.register();
  }

  @Test
  void keysetsMadeHereAreReadAsTinkReadsThem() throws Exception {
    for (int i = 0; i < 500; i++) assertAlike(Keysets.generate(), true);
  }

  @Test
  void keysetsThatTinkMakesAreReadAsTinkReadsThem() throws Exception {
    for (int i = 0; i < 100; i++) {
      KeysetHandle made = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
      assertAlike(json(made), true);
      assertAlike(json(made) + "\n", true);
    }
  }

  @Test
  void otherKeysetsAreLeftToTink() throws Exception {
    KeysetHandle one = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
    KeysetHandle two =
        KeysetHandle.newBuilder(one)
            .addEntry(
                KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                    .withRandomId())
            .build();
    assertAlike(json(two), false);
    assertAlike(json(KeysetHandle.generateNew(PredefinedAeadParameters.AES128_GCM)), false);
    assertAlike(json(KeysetHandle.generateNew(PredefinedAeadParameters.AES256_EAX)), false);
    assertAlike(json(KeysetHandle.generateNew(raw())), false);
    assertAlike(json(one).replace(",", ", "), false);
  }

  /** Of what somebody's hand or a disk made of a keyset, nothing is read that Tink refuses. */
  @Test
  void damagedKeysetsAreReadAsTinkReadsThem() throws Exception {
    Random random = new Random(7);
    int read = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(Keysets.generate());
      for (int n = random.nextInt(3); n >= 0; n--) damage(text, random);
      if (assertNoMoreThanTink(text.toString())) read++;
    }
    assertThat(read).as("damaged where it does not show").isBetween(100, 19_000);
  }

  private static void damage(StringBuilder text, Random random) {
    int at = random.nextInt(text.length());
    switch (random.nextInt(3)) {
      case 0:
        text.deleteCharAt(at);
        break;
      case 1:
        text.insert(at, text.charAt(random.nextInt(text.length())));
        break;
      default:
        text.setCharAt(at, text.charAt(random.nextInt(text.length())));
    }
  }

  private static boolean assertNoMoreThanTink(String json) throws Exception {
    AesGcmKey key;
    try {
      key = AesGcm.read(json);
    } catch (GeneralSecurityException | RuntimeException refused) {
      assertThat(tinks(json)).as(json).isNull();
      return false;
    }
    if (key == null) return false;
    assertAlike(json, true);
    return true;
  }

  private static void assertAlike(String json, boolean known) throws Exception {
    AesGcmKey key = AesGcm.read(json);
    assertThat(key != null).as("known by its text: " + json).isEqualTo(known);
    Aead tinks = tinks(json);
    assertThat(tinks).as(json).isNotNull();
    if (key == null) return;
    Aead ours = AesGcmJce.create(key);
    assertThat(ours.decrypt(tinks.encrypt(TEXT, ROW), ROW)).isEqualTo(TEXT);
    assertThat(tinks.decrypt(ours.encrypt(TEXT, ROW), ROW)).isEqualTo(TEXT);
  }

  private static @Nullable Aead tinks(String json) {
    try {
      return TinkJsonProtoKeysetFormat.parseKeyset(json, InsecureSecretKeyAccess.get())
          .getPrimitive(RegistryConfiguration.get(), Aead.class);
    } catch (GeneralSecurityException | RuntimeException refused) {
      return null;
    }
  }

  private static AesGcmParameters raw() throws GeneralSecurityException {
    return AesGcmParameters.builder()
        .setKeySizeBytes(32)
        .setIvSizeBytes(12)
        .setTagSizeBytes(16)
        .setVariant(AesGcmParameters.Variant.NO_PREFIX)
        .build();
  }

  private static String json(KeysetHandle keyset) throws GeneralSecurityException {
    return TinkJsonProtoKeysetFormat.serializeKeyset(keyset, InsecureSecretKeyAccess.get());
  }
}
