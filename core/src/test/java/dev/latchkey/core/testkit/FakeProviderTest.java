package dev.latchkey.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Scanner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The fake itself, over the JDK's own client. */
final class FakeProviderTest {
  private final FakeProvider provider = FakeProvider.start();

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void makesUsesListsAndDeletesAKey() throws Exception {
    String made = post("/api/v1/keys", FakeKeysApi.PROVISIONING_KEY, "{\"name\":\"n\"}");
    FakeKeysApi.Row row = provider.keys().made().get(0);
    assertThat(made).startsWith("201 ").contains("\"key\":\"" + row.key() + "\"");
    assertThat(get("/api/v1/key", row.key())).startsWith("200 ");
    assertThat(get("/api/v1/keys", FakeKeysApi.PROVISIONING_KEY)).contains(row.hash());
    assertThat(get("/api/v1/chat", row.key())).contains("Hello.");
    provider.keys().kill(row.key());
    assertThat(get("/api/v1/chat", row.key())).startsWith("401 ").contains("User not found.");
    assertThat(provider.provisioningCalls()).isEqualTo(1);
  }

  @Test
  void recordsTheRequestAsItCame() throws Exception {
    provider.handle(
        r ->
            FakeProvider.Reply.streaming(
                200, "text/plain", out -> out.write("piece".getBytes(StandardCharsets.UTF_8))));
    assertThat(post("/a%20b?x=%2B", "k", "body")).isEqualTo("200 piece");
    FakeProvider.Request request = provider.lastRequest();
    assertThat(request.target()).isEqualTo("/a%20b?x=%2B");
    assertThat(request.text()).isEqualTo("body");
    assertThat(request.bearer()).isEqualTo("k");
  }

  @Test
  void failsProvisioningAsScripted() throws Exception {
    provider.keys().failProvisioning(403);
    assertThat(post("/keys", FakeKeysApi.PROVISIONING_KEY, "{\"name\":\"n\"}")).startsWith("403 ");
    provider.keys().failProvisioning(0);
    provider.keys().spoilMinted(r -> FakeProvider.Reply.json(201, "{\"data\":{}}"));
    assertThat(post("/keys", FakeKeysApi.PROVISIONING_KEY, "{\"name\":\"n\"}"))
        .isEqualTo("201 {\"data\":{}}");
    assertThat(provider.keys().living()).hasSize(1);
  }

  private String get(String path, String key) throws Exception {
    return answer(open(path, key));
  }

  private String post(String path, String key, String body) throws Exception {
    HttpURLConnection connection = open(path, key);
    connection.setDoOutput(true);
    try (OutputStream out = connection.getOutputStream()) {
      out.write(body.getBytes(StandardCharsets.UTF_8));
    }
    return answer(connection);
  }

  private HttpURLConnection open(String path, String key) throws Exception {
    HttpURLConnection connection = (HttpURLConnection) new URL(provider.url(path)).openConnection();
    connection.setRequestProperty("Authorization", "Bearer " + key);
    return connection;
  }

  private static String answer(HttpURLConnection connection) throws Exception {
    int status = connection.getResponseCode();
    try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream();
        Scanner scanner = new Scanner(in, "UTF-8").useDelimiter("\\A")) {
      return status + " " + (scanner.hasNext() ? scanner.next() : "");
    }
  }
}
