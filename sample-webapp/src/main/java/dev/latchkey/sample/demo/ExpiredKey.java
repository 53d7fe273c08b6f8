package dev.latchkey.sample.demo;

import dev.latchkey.sample.simulator.Exchange;
import java.util.Arrays;
import java.util.List;

/** The key dies between two questions. */
final class ExpiredKey implements Step {
  @Override
  public String title() {
    return "The provider lets the key expire. Ada asks again (OkHttp).";
  }

  @Override
  public void play(Stage stage, Findings findings) throws Exception {
    stage.forget();
    stage.simulator().expireAll();

    Entry entry = stage.visitor().ask("And when the key no longer fits?", "okhttp");

    stage.events().await("replayed", 5);
    List<Exchange> traffic = stage.simulator().takeTraffic();
    List<Exchange> chats = Stage.chats(traffic);
    findings.page(entry);
    findings.provider(traffic);
    List<String> events = stage.events().take();
    findings.latchkey(events);
    findings.expect("the answer came", "Answered (200)", entry.outcome());
    findings.expect("one key was made", 1L, Stage.provisionings(traffic));
    findings.expect(
        "the question was sent twice: refused, then answered",
        Arrays.asList(401, 200),
        Stage.statuses(chats));
    findings.expect(
        "with the same body, byte for byte",
        1L,
        chats.stream().map(Exchange::bodyDigest).distinct().count());
    findings.expect(
        "and with another key", 2L, chats.stream().map(Exchange::keyMask).distinct().count());
    findings.expect("Latchkey tells of one renewal", 1, EventLog.count("renewed", events));
  }
}
