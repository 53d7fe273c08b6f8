package dev.latchkey.sample.demo;

import dev.latchkey.sample.simulator.Exchange;
import java.util.List;

/** An operator's own key is preferred to a new one. */
final class KeyFileWins implements Step {
  private String key = "";

  /** The key that the operator put there; empty before this step was played. */
  String key() {
    return key;
  }

  @Override
  public String title() {
    return "An operator puts a key into key.txt. Alan logs in for the first time.";
  }

  @Override
  public void play(Stage stage, Findings findings) throws Exception {
    key = stage.simulator().issueKey("made by hand");
    Workspace.write(stage.keyFile(), key + "\n");
    stage.forget();
    Page page = stage.alan().logIn("alan", "enigma");

    Entry entry = stage.alan().ask("Whose key is this?", "apache4");

    stage.events().await("synced", 5);
    List<Exchange> traffic = stage.simulator().takeTraffic();
    findings.say("alan", page.key());
    findings.say("alan", entry.toString());
    findings.provider(traffic);
    findings.latchkey(stage.events().take());
    findings.expect("his page says so", "Key: " + Page.mask(key) + ", from key.txt", page.key());
    findings.expect("the answer came", "Answered (200)", entry.outcome());
    findings.expect("no key was made", 0L, Stage.provisionings(traffic));
    findings.expect(
        "the provider saw the key of key.txt",
        Page.mask(key),
        Stage.chats(traffic).get(0).keyMask());
  }
}
