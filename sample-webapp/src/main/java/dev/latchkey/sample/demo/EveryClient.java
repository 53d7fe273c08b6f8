package dev.latchkey.sample.demo;

import dev.latchkey.sample.simulator.Exchange;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The same key serves whichever client the application uses. */
final class EveryClient implements Step {
  private static final Map<String, String> CLIENTS = new LinkedHashMap<>();

  static {
    CLIENTS.put("urlconnection", "HttpURLConnection");
    CLIENTS.put("okhttp", "OkHttp");
    CLIENTS.put("apache4", "Apache HttpClient 4");
    CLIENTS.put("apache5", "Apache HttpClient 5");
    CLIENTS.put("jdk", "java.net.http.HttpClient");
  }

  /** The clients that the page of this application offers: java.net.http came with Java 11. */
  static Map<String, String> offered(Stage stage) throws IOException {
    Map<String, String> offered = new LinkedHashMap<>(CLIENTS);
    String html = stage.ada().open("/").html();
    offered.keySet().removeIf(name -> !html.contains("<option value=\"" + name + "\""));
    return offered;
  }

  @Override
  public String title() {
    return "Ada tries each HTTP client of the page.";
  }

  @Override
  public void play(Stage stage, Findings findings) throws Exception {
    stage.forget();
    Map<String, String> offered = offered(stage);
    for (Map.Entry<String, String> client : offered.entrySet()) {
      Entry entry = stage.ada().ask("Hello through " + client.getValue(), client.getKey());
      findings.expect(client.getValue() + " gets an answer", "Answered (200)", entry.outcome());
    }
    List<Exchange> traffic = stage.simulator().takeTraffic();
    findings.provider(traffic);
    findings.latchkey(stage.events().take());
    findings.expect("each question was sent once", offered.size(), Stage.chats(traffic).size());
  }
}
