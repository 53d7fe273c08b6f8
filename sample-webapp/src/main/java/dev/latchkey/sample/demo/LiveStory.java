package dev.latchkey.sample.demo;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The first steps against the real provider, on the user's own account. */
final class LiveStory {
  static final String VARIABLE = "OPENROUTER_PROVISIONING_KEY";

  /**
   * A user of this run's own, eight characters long: Latchkey names keys after their owner, so that
   * no key of another installation on the same account is taken for ours.
   */
  private static final String USER =
      "d" + UUID.randomUUID().toString().replace("-", "").substring(0, 7);

  private static final String NAME = "auto-renewed-" + USER;

  private LiveStory() {}

  /** Whether there is a key to make keys with. */
  static boolean isPossible() {
    return !provisioningKey().isEmpty();
  }

  private static String provisioningKey() {
    String value = System.getenv(VARIABLE);
    return value == null ? "" : value.trim();
  }

  static void play(Workspace workspace, Findings findings) throws Exception {
    announce();
    OpenRouter account = new OpenRouter(provisioningKey());
    account.keysNamed(NAME); // A wrong key shows here, before anything has begun.
    try {
      ask(workspace, findings, provisioningKey());
    } finally {
      tidy(account, findings);
    }
  }

  private static void announce() {
    System.out.println("Latchkey demo, live: on your OpenRouter account this makes one key with a");
    System.out.println("spending limit of 0.10 dollars, asks two questions of openai/gpt-4o-mini");
    System.out.println("(well under a cent), and deletes the key again. Nothing else is touched.");
  }

  private static void ask(Workspace workspace, Findings findings, String provisioningKey)
      throws Exception {
    workspace.addAccount(USER, "ada");
    Setup setup =
        Setup.create(workspace, "live", USER, OpenRouter.BASE_URL, provisioningKey, "limit: 0.10");
    try (WebApp app = WebApp.start(workspace, setup)) {
      findings.step("There is no key yet. The user " + USER + " logs in and asks (OkHttp).");
      Browser user = new Browser(app.url());
      Page page = user.logIn(USER, "analytical");
      Entry entry = user.ask("In one sentence: what is a latchkey?", "okhttp");
      app.events().await("provisioned", 5);
      List<String> events = app.events().take();
      findings.say("page", page.key());
      findings.say("page", entry.toString());
      findings.latchkey(events);
      findings.expect("a key was made", 1, EventLog.count("provisioned", events));
      findings.expect("the answer came", "Answered (200)", entry.outcome());
      findings.step("And again, through HttpURLConnection.");
      Entry again = user.ask("And a skeleton key?", "urlconnection");
      findings.say("page", again.toString());
      findings.latchkey(app.events().take());
      findings.expect("the answer came, with the same key", "Answered (200)", again.outcome());
    }
  }

  private static void tidy(OpenRouter account, Findings findings) throws IOException {
    findings.step("The key is deleted from your account.");
    Set<String> made = account.keysNamed(NAME);
    for (String hash : made) account.delete(hash);
    Set<String> left = account.keysNamed(NAME);
    findings.say("deleted", made.size() + " key(s)");
    findings.expect("none of this demo's keys is left", 0, left.size());
  }
}
