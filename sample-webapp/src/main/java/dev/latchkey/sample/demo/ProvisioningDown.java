package dev.latchkey.sample.demo;

import dev.latchkey.sample.simulator.Exchange;
import dev.latchkey.sample.simulator.ProvisioningTrouble;
import java.util.Collections;
import java.util.List;

/** When no key can be had, the application is no worse off than without Latchkey. */
final class ProvisioningDown implements Step {
  private final KeyFileWins keyFile;

  /**
   * The step after that one.
   *
   * @param keyFile made the key that dies now
   */
  ProvisioningDown(KeyFileWins keyFile) {
    this.keyFile = keyFile;
  }

  @Override
  public String title() {
    return "Alan's key expires, and the provider makes no new ones: its keys API answers 500.";
  }

  @Override
  public void play(Stage stage, Findings findings) throws Exception {
    stage.forget();
    stage.simulator().expire(keyFile.key());
    stage.simulator().provisioning(ProvisioningTrouble.SERVER_ERROR);

    Entry entry = stage.alan().ask("Is anybody there?", "apache5");

    stage.events().await("renewal-failed", 5);
    List<Exchange> traffic = stage.simulator().takeTraffic();
    findings.say("alan", entry.toString());
    findings.provider(traffic);
    findings.latchkey(stage.events().take());
    findings.expect(
        "the application gets the provider's own refusal",
        "The provider refused (401)",
        entry.outcome());
    findings.expect("word for word", "User not found.", entry.text());
    findings.expect(
        "the question was sent once",
        Collections.singletonList(401),
        Stage.statuses(Stage.chats(traffic)));
    stage.simulator().provisioning(ProvisioningTrouble.NONE);
  }
}
