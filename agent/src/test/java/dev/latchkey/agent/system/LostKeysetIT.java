package dev.latchkey.agent.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the table holds cannot be opened: nothing is overwritten, and the way out is told. */
@Execution(ExecutionMode.CONCURRENT)
final class LostKeysetIT {
  private static final String KEYS = "select * from api_keys order by id";
  private static final String OTHER_KEYSET = "put the keyset back that was used before";
  private static final String ALTERED = "altered since it was stored";

  @Test
  void aLostKeysetOverwritesNothingAndComingBackBringsTheKeyBack() throws Exception {
    try (Fleet fleet = Fleet.create("keyset")) {
      assertThat(statusOfOneRun(fleet, fleet.app())).isEqualTo(200);
      List<Map<String, String>> before = fleet.h2().rows(KEYS);
      Path keyset = fleet.folder().resolve("keyset.json");
      Path away = fleet.folder().resolve("away.json");
      Files.move(keyset, away);

      assertKeptAsItWas(fleet, before, OTHER_KEYSET);
      // Now there is a keyset, but the wrong one.
      assertThat(keyset).exists();
      assertKeptAsItWas(fleet, before, OTHER_KEYSET);

      Files.move(away, keyset, StandardCopyOption.REPLACE_EXISTING);
      assertThat(statusOfOneRun(fleet, fleet.app())).isEqualTo(200);
      assertThat(fleet.server().keys().made()).hasSize(1);
    }
  }

  @Test
  void anAlteredCiphertextIsNotOverwrittenAndNotUsed() throws Exception {
    try (Fleet fleet = Fleet.create("altered")) {
      assertThat(statusOfOneRun(fleet, fleet.app())).isEqualTo(200);
      fleet
          .h2()
          .execute(
              "update api_keys set key_encrypted ="
                  + " substring(key_encrypted from 1 for 20) || 'AAAA'"
                  + " || substring(key_encrypted from 25)");
      assertKeptAsItWas(fleet, fleet.h2().rows(KEYS), ALTERED);
    }
  }

  @Test
  void twoSwappedCiphertextsOpenNeitherRow() throws Exception {
    try (Fleet fleet = Fleet.create("swapped")) {
      assertThat(statusOfOneRun(fleet, fleet.app())).isEqualTo(200);
      assertThat(statusOfOneRun(fleet, bob(fleet))).isEqualTo(200);
      List<Map<String, String>> rows = fleet.h2().rows(KEYS);
      swap(fleet.h2(), rows.get(0), rows.get(1));

      List<Map<String, String>> before = fleet.h2().rows(KEYS);
      assertKeptAsItWas(fleet, before, ALTERED);
      assertThat(statusOfOneRun(fleet, bob(fleet))).isEqualTo(401);
      assertThat(fleet.h2().rows(KEYS)).isEqualTo(before);
    }
  }

  private static AppProcess.Plan bob(Fleet fleet) throws Exception {
    return fleet.app().jvm("-Dlatchkey.identity.default-owner=bob");
  }

  private static void swap(Tables tables, Map<String, String> one, Map<String, String> two)
      throws Exception {
    String sql = "update api_keys set key_encrypted = '%s' where id = '%s'";
    tables.execute(String.format(sql, one.get("key_encrypted"), two.get("id")));
    tables.execute(String.format(sql, two.get("key_encrypted"), one.get("id")));
  }

  private static void assertKeptAsItWas(
      Fleet fleet, List<Map<String, String>> before, String wayOut) throws Exception {
    int minted = fleet.server().provider().provisioningCalls();
    AppProcess app = fleet.start().opened();
    Calls calls = app.call("huc", 2, 2);
    assertThat(calls.statuses()).as("the provider's own answer: %s", calls).containsOnly(401);
    assertThat(app.exit()).isZero();
    assertThat(fleet.h2().rows(KEYS)).isEqualTo(before);
    assertThat(fleet.server().provider().provisioningCalls()).isEqualTo(minted);
    assertThat(app.err().with(wayOut)).as("the way out").hasSize(1);
  }

  private static int statusOfOneRun(Fleet fleet, AppProcess.Plan plan) throws Exception {
    AppProcess app = fleet.start(plan).opened();
    int status = app.call().status();
    assertThat(app.exit()).isZero();
    return status;
  }
}
