package dev.latchkey.agent.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** An operator adds a key to the keyset with Tink's own tools, as its documentation advises. */
@Execution(ExecutionMode.CONCURRENT)
final class RotatedKeysetIT {
  @Test
  void whatWasSealedBeforeOpensAndWhatIsNewIsSealedWithTheNewKey() throws Exception {
    try (Fleet fleet = Fleet.create("rotated")) {
      assertThat(statusOfOneRun(fleet)).isEqualTo(200);
      Path keyset = fleet.folder().resolve("keyset.json");
      byte[] before = Files.readAllBytes(keyset);
      Files.write(keyset, withAnotherKey(new String(before, UTF_8)).getBytes(UTF_8));

      assertThat(statusOfOneRun(fleet)).isEqualTo(200);
      assertThat(fleet.server().keys().made()).hasSize(1);
      fleet.server().keys().killAll();
      assertThat(statusOfOneRun(fleet)).isEqualTo(200);
      assertThat(statusOfOneRun(fleet)).isEqualTo(200);
      assertThat(fleet.server().keys().made()).hasSize(2);

      // The renewed key does not open without the key that was added.
      Files.write(keyset, before);
      assertThat(statusOfOneRun(fleet)).isEqualTo(401);
    }
  }

  private static int statusOfOneRun(Fleet fleet) throws Exception {
    AppProcess app = fleet.start().opened();
    int status = app.call().status();
    assertThat(app.exit()).isZero();
    return status;
  }

  private static String withAnotherKey(String keyset) throws GeneralSecurityException {
    AeadConfig.register();
    KeysetHandle two =
        KeysetHandle.newBuilder(
                TinkJsonProtoKeysetFormat.parseKeyset(keyset, InsecureSecretKeyAccess.get()))
            .addEntry(
                KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                    .withRandomId()
                    .makePrimary())
            .build();
    return TinkJsonProtoKeysetFormat.serializeKeyset(two, InsecureSecretKeyAccess.get());
  }
}
