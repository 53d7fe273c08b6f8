package dev.latchkey.agent.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Whatever users are called, their keys are stored, found again and logged on one line. */
@Execution(ExecutionMode.CONCURRENT)
final class StrangeOwnerIT {
  @Test
  void anOwnerOfTenThousandCharactersHasAKey() throws Exception {
    assertHasOneKey("long", String.join("", Collections.nCopies(10_000, "x")));
  }

  @Test
  void anOwnerWithQuotesLineBreaksAndEmojiHasAKey() throws Exception {
    assertHasOneKey(
        "quotes", "O'\\\"; drop table api_keys; --\\n\\r\\t\\u001b[31m\\U0001F600\\0%s{}");
  }

  /** Twice, so that it is found again. */
  private static void assertHasOneKey(String name, String ownerInYaml) throws Exception {
    String settings = "identity: {default-owner: \"" + ownerInYaml + "\"}\n" + Fleet.PATIENT;
    try (Fleet fleet = Fleet.create("owner-" + name).settings(settings)) {
      for (int i = 0; i < 2; i++) {
        AppProcess app = fleet.start().opened();
        assertThat(app.call().status()).as("%s", app.err().text()).isEqualTo(200);
        assertThat(app.exit()).isZero();
        assertThat(app.err().all())
            .allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT\\S+ INFO latchkey .*"))
            .allMatch(line -> line.length() < 400)
            .noneMatch(line -> line.contains("xxxxxxxxx") || line.contains("drop table"));
      }
      assertThat(fleet.server().keys().made()).hasSize(1);
      List<Map<String, String>> rows = fleet.h2().rows("select user_id from api_keys");
      assertThat(rows).hasSize(1);
      assertThat(rows.get(0).get("user_id").length()).isLessThanOrEqualTo(200);
    }
  }
}
