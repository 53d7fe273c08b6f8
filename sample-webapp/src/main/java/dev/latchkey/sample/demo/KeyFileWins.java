package dev.latchkey.sample.demo;

import dev.latchkey.sample.simulator.Exchange;
import java.nio.file.Path;
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
    return "Another installation, its table empty: an operator has put a key into key.txt.";
  }

  @Override
  public void play(Stage stage, Findings findings) throws Exception {
    key = stage.simulator().issueKey("made by hand");
    Path file = stage.workspace().folder("other").resolve("key.txt");
    Workspace.write(file, key + "\n");
    stage.replace("other", "key-file: '" + file + "'");
    stage.forget();
    stage.visitor().logIn("grace", "compiler");

    Entry entry = stage.visitor().ask("Whose key is this?", "apache4");

    stage.events().await("synced", 5);
    List<Exchange> traffic = stage.simulator().takeTraffic();
    findings.page(entry);
    findings.provider(traffic);
    findings.latchkey(stage.events().take());
    findings.expect("the answer came", "Answered (200)", entry.outcome());
    findings.expect("no key was made", 0L, Stage.provisionings(traffic));
    findings.expect(
        "the provider saw the key of key.txt", mask(key), Stage.chats(traffic).get(0).keyMask());
  }

  private static String mask(String key) {
    return "***************" + key.substring(key.length() - 4);
  }
}
