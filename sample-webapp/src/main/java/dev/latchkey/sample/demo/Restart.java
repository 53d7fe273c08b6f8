package dev.latchkey.sample.demo;

import dev.latchkey.sample.simulator.Exchange;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** The keys outlive the application's process, and the file that one of them came from. */
final class Restart implements Step {
  @Override
  public String title() {
    return "key.txt is removed and the application started anew. All three log in again.";
  }

  @Override
  public void play(Stage stage, Findings findings) throws Exception {
    Files.delete(stage.keyFile());
    stage.restart();
    stage.forget();
    List<String> answers = new ArrayList<>();
    answers.add(stage.ada().logInByScript("ada", "analytical"));
    answers.add(stage.grace().logInByScript("grace", "compiler"));
    answers.add(stage.alan().logInByScript("alan", "enigma"));
    Entry entry = stage.grace().ask("Is it still mine?", "apache5");

    List<Exchange> traffic = stage.simulator().takeTraffic();
    findings.say("ada", answers.get(0));
    findings.say("grace", answers.get(1));
    findings.say("alan", answers.get(2));
    findings.say("grace", entry.toString());
    findings.provider(traffic);
    findings.latchkey(stage.events().take());
    List<String> expected = new ArrayList<>();
    for (String user : new String[] {"ada", "grace", "alan"}) {
      expected.add(ApiKeyStatus.answer(user, "database"));
    }
    findings.expect("each key was read from the database", expected, answers);
    findings.expect("Grace has her answer", "Answered (200)", entry.outcome());
    findings.expect("no key was made", 0L, Stage.provisionings(traffic));
  }
}
