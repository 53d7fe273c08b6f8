package dev.latchkey.sample.demo;

import dev.latchkey.sample.simulator.Exchange;
import java.util.Arrays;
import java.util.List;

/** One user's key dies between two questions; the other's lives on. */
final class ExpiredKey implements Step {
  @Override
  public String title() {
    return "The provider lets Ada's key expire. Both ask again (OkHttp).";
  }

  @Override
  public void play(Stage stage, Findings findings) throws Exception {
    stage.forget();
    stage.simulator().expireNamed("-ada-");

    Entry entry = stage.ada().ask("And when the key no longer fits?", "okhttp");

    stage.events().await("replayed", 5);
    List<Exchange> traffic = stage.simulator().takeTraffic();
    List<Exchange> chats = Stage.chats(traffic);
    findings.say("ada", entry.toString());
    findings.provider(traffic);
    List<String> events = stage.events().take();
    findings.latchkey(events);
    findings.expect("Ada has her answer", "Answered (200)", entry.outcome());
    findings.expect("one key was made", 1L, Stage.provisionings(traffic));
    findings.expect(
        "her question was sent twice: refused, then answered",
        Arrays.asList(401, 200),
        Stage.statuses(chats));
    findings.expect(
        "with the same body, byte for byte",
        1L,
        chats.stream().map(Exchange::bodyDigest).distinct().count());
    findings.expect(
        "and with another key", 2L, chats.stream().map(Exchange::keyMask).distinct().count());
    findings.expect("Latchkey tells of one renewal", 1, EventLog.count("renewed", events));
    askAsGrace(stage, findings);
  }

  private static void askAsGrace(Stage stage, Findings findings) throws Exception {
    String mask = stage.grace().open("/").mask();
    Entry entry = stage.grace().ask("Does mine still fit?", "okhttp");
    List<Exchange> traffic = stage.simulator().takeTraffic();
    findings.say("grace", entry.toString());
    findings.provider(traffic);
    findings.expect(
        "Grace's key is the one she had",
        mask + " 200",
        traffic.get(0).keyMask() + " " + traffic.get(0).status());
  }
}
