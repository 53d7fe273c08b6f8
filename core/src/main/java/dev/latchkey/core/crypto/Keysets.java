package dev.latchkey.core.crypto;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/**
 * Opens the keyset that seals secrets: a Tink keyset in JSON, from a file or from text. Whoever
 * holds it can read every key in the table.
 */
public final class Keysets {
  private static final String WAY_OUT =
      "It must be the JSON of a Tink AEAD keyset. Restore the original from your backup. Only if"
          + " no key is stored yet: remove it, and a new one is made";

  private Keysets() {}

  /**
   * The keyset in this file, made on first use: mode 0600, a new parent folder 0700, exactly one
   * winner if several processes start together. A file that is there is never written.
   *
   * @throws KeysetException if the file cannot be read or made, holds no keyset, or if others may
   *     read or write it
   */
  public static Sealer ofFile(Path file) {
    PrivateFile keyset = PrivateFile.of(file, "keyset file", "encryption.keyset-file");
    return sealer(keyset.readOrMake(Keysets::generate), file.toString());
  }

  /**
   * The keyset in this text.
   *
   * @param origin where the text came from, for messages, such as {@code LATCHKEY_KEYSET}
   * @throws KeysetException if the text holds no keyset
   */
  public static Sealer ofText(String json, String origin) {
    return sealer(json, origin);
  }

  /** The text of a new AES-256-GCM keyset: key material, so keep it out of logs. */
  public static String generate() {
    try {
      KeysetHandle made = AesGcm.newKeyset();
      return TinkJsonProtoKeysetFormat.serializeKeyset(made, InsecureSecretKeyAccess.get());
    } catch (GeneralSecurityException e) {
      throw new KeysetException("this Java has no AES-GCM; use another Java: " + e, e);
    }
  }

  private static Sealer sealer(String json, String origin) {
    try {
      AesGcmKey made = AesGcm.read(json);
      return made == null ? ofAnyKind(json, origin) : TinkSealer.of(made, origin);
    } catch (GeneralSecurityException | RuntimeException e) {
      // The parser's message may quote what it read, so it is not passed on.
      String length = json.length() + " characters";
      throw new KeysetException(origin + " holds no keyset (" + length + "). " + WAY_OUT, null);
    }
  }

  private static Sealer ofAnyKind(String json, String origin) throws GeneralSecurityException {
    AeadConfig.register();
    return TinkSealer.of(
        TinkJsonProtoKeysetFormat.parseKeyset(json, InsecureSecretKeyAccess.get()), origin);
  }
}
