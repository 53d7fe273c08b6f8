package dev.latchkey.sample.demo;

import dev.latchkey.sample.simulator.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Many requests meet the dead key at the same moment. */
final class ThirtyTwoAtOnce implements Step {
  private static final int QUESTIONS = 32;

  @Override
  public String title() {
    return "Ada's key expires again, and "
        + QUESTIONS
        + " questions of hers come at once, through all clients.";
  }

  @Override
  public void play(Stage stage, Findings findings) throws Exception {
    stage.forget();
    stage.simulator().expireNamed("-ada-");
    List<Entry> entries = askAtOnce(stage, new ArrayList<>(EveryClient.offered(stage).keySet()));
    stage.events().await("renewed", 5);
    List<Exchange> traffic = stage.simulator().takeTraffic();
    List<Exchange> refusals = Stage.answered(401, Stage.chats(traffic));

    findings.provider(traffic);
    findings.latchkey(stage.events().take());
    findings.expect(
        "every question was answered",
        (long) QUESTIONS,
        entries.stream().filter(Entry::answered).count());
    findings.expect("one key was made for all of them", 1L, Stage.provisionings(traffic));
    findings.expect(
        "the provider answered each question once",
        QUESTIONS,
        Stage.answered(200, Stage.chats(traffic)).size());
    findings.expect("and refused none of them twice", refusals.size(), digests(refusals));
  }

  private static int digests(List<Exchange> exchanges) {
    return (int) exchanges.stream().map(Exchange::bodyDigest).distinct().count();
  }

  private static List<Entry> askAtOnce(Stage stage, List<String> clients) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(QUESTIONS);
    try {
      CountDownLatch gate = new CountDownLatch(1);
      List<Future<Entry>> asked = new ArrayList<>();
      for (int i = 1; i <= QUESTIONS; i++) {
        String question = "Question " + i + " of " + QUESTIONS;
        String client = clients.get(i % clients.size());
        asked.add(threads.submit(() -> askBehind(gate, stage, question, client)));
      }
      gate.countDown();
      List<Entry> entries = new ArrayList<>();
      for (Future<Entry> entry : asked) entries.add(entry.get(60, TimeUnit.SECONDS));
      return entries;
    } finally {
      threads.shutdownNow();
    }
  }

  private static Entry askBehind(CountDownLatch gate, Stage stage, String question, String client)
      throws Exception {
    gate.await();
    return stage.ada().ask(question, client);
  }
}
