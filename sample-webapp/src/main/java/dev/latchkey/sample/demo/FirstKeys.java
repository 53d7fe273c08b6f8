package dev.latchkey.sample.demo;

import dev.latchkey.sample.simulator.Exchange;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Nobody has put a key anywhere; whoever logs in gets one. */
final class FirstKeys implements Step {
  @Override
  public String title() {
    return "There is no key anywhere yet. Ada and Grace log in with their passwords.";
  }

  @Override
  public void play(Stage stage, Findings findings) throws Exception {
    stage.forget();
    Page page = stage.ada().logIn("ada", "analytical");
    String json = stage.grace().logInByScript("grace", "compiler");

    stage.events().await("provisioned", 5);
    findings.say("ada", page.key());
    findings.say("grace", json);
    List<Exchange> traffic = stage.simulator().takeTraffic();
    findings.provider(traffic);
    findings.latchkey(stage.events().take());
    findings.expect("two keys were made", 2L, Stage.provisionings(traffic));
    findings.expect("Ada's page shows hers", true, page.key().endsWith(", auto-provisioned"));
    findings.expect(
        "the answer to Grace's script tells that there is one",
        ApiKeyStatus.answer("grace", "auto-provisioned"),
        json);
    ask(stage, findings);
  }

  private static void ask(Stage stage, Findings findings) throws Exception {
    Entry adas = stage.ada().ask("What is a latchkey?", "urlconnection");
    Entry graces = stage.grace().ask("And who holds one?", "urlconnection");

    List<Exchange> chats = Stage.chats(stage.simulator().takeTraffic());
    findings.say("ada", adas.toString());
    findings.say("grace", graces.toString());
    findings.provider(chats);
    findings.expect("both were answered", Arrays.asList(200, 200), Stage.statuses(chats));
    List<String> masks = chats.stream().map(Exchange::keyMask).collect(Collectors.toList());
    findings.expect(
        "each with a key of her own",
        Arrays.asList(stage.ada().open("/").mask(), stage.grace().open("/").mask()),
        masks);
    findings.expect("which are two", 2L, masks.stream().distinct().count());
  }
}
