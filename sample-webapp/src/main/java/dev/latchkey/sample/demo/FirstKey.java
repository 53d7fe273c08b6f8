package dev.latchkey.sample.demo;

import dev.latchkey.sample.simulator.Exchange;
import java.util.Collections;
import java.util.List;

/** Nobody has put a key anywhere; the first question makes one. */
final class FirstKey implements Step {
  @Override
  public String title() {
    return "There is no key anywhere yet. Ada logs in and asks a question (HttpURLConnection).";
  }

  @Override
  public void play(Stage stage, Findings findings) throws Exception {
    Page page = stage.visitor().logIn("ada", "analytical");
    findings.expect("Ada is logged in", 200, page.status());

    Entry entry = stage.visitor().ask("What is a latchkey?", "urlconnection");

    stage.events().await("provisioned", 5);
    List<Exchange> traffic = stage.simulator().takeTraffic();
    findings.page(entry);
    findings.provider(traffic);
    findings.latchkey(stage.events().take());
    findings.expect("the answer came", "Answered (200)", entry.outcome());
    findings.expect("one key was made", 1L, Stage.provisionings(traffic));
    findings.expect(
        "the provider saw one chat, with that key",
        Collections.singletonList(200),
        Stage.statuses(Stage.chats(traffic)));
  }
}
