package dev.latchkey.agent.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.core.testkit.FakeKeysApi;
import dev.latchkey.core.testkit.FakeProvider.Reply;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A long story with much that goes wrong, and no secret in anything that was written. */
@Execution(ExecutionMode.CONCURRENT)
final class CanaryIT {
  private static final int PREFIX = "sk-or-v1-".length();
  private static final String FILE_KEY = "sk-or-v1-canary-in-the-key-file-q7w8e9r0t1y2";
  private static final String ENVIRONMENT_KEY = "sk-or-v1-canary-in-the-environment-z5x6c7v8";
  private static final String QUERY_KEY = "c4n4ry+in/the=query&string%with:signs";
  private static final String PASSWORD = "canary/of+the=database&p4ssw0rd";
  private static final Set<String> SECRET_FILES =
      new HashSet<>(Arrays.asList("key.txt", "latchkey.yaml", "keyset.json", "password"));

  private static final String SEARCH =
      "  search:\n"
          + "    base-url: %s\n"
          + "    attach: {query: api_key}\n"
          + "    env: SEARCH_API_KEY\n";

  @Test
  void noSecretIsInAnythingThatWasEverWritten() throws Exception {
    Canary canary = new Canary();
    String user = "canary_keeper";
    Postgres.shared().createUser(user, PASSWORD);
    Postgres.Database database = Postgres.shared().database();
    try (Fleet fleet = Fleet.create("canary-fleet").on(database);
        Fleet single =
            Fleet.create("canary-single").settings("log: {file: latchkey.log}\n" + Fleet.PATIENT)) {
      story(fleet, user, canary);
      story(single, user, canary);
      Tables postgres = database.tables();
      canary.written("PostgreSQL", postgres.dump());
      canary.written("H2", single.h2().dump());
      collect(fleet, canary);
      collect(single, canary);
      assertThat(postgres.number("select count(*) from api_keys")).isGreaterThanOrEqualTo(2);
      assertThat(canary.places()).hasSizeGreaterThan(15);
    }
    assertThat(canary.found()).isEmpty();
  }

  private static void story(Fleet fleet, String user, Canary canary) throws Exception {
    FakeKeysApi keys = fleet.server().keys();
    keys.accept(FILE_KEY).accept(ENVIRONMENT_KEY);
    Path file = fleet.write("key.txt", FILE_KEY);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    fleet.also(String.format(SEARCH, fleet.server().provider().url("/search")));
    AppProcess app = fleet.start(plan(fleet, user));
    String search = fleet.server().provider().url("/search?q=keys&api_key=placeholder");

    app.call("huc", 2, 2);
    keys.kill(FILE_KEY);
    app.call("okhttp", 2, 2);
    app.begin("careless", 1, 2, search).join();
    keys.killAll();
    app.call("huc", 2, 2);
    unkindAnswers(app, keys, search);
    searchRecovers(fleet, app, keys, search);
    thingsGoWrongWithProvisioning(app, keys);
    canary.written("threads", app.threads());
    app.exit();

    commands(fleet, user, canary);
  }

  private static AppProcess.Plan plan(Fleet fleet, String user) throws Exception {
    return fleet
        .app()
        .environment("OPENROUTER_API_KEY", ENVIRONMENT_KEY)
        .environment("SEARCH_API_KEY", QUERY_KEY)
        .environment("LATCHKEY_STORE_USERNAME", user)
        .environment("LATCHKEY_STORE_PASSWORD", PASSWORD)
        .environment("LATCHKEY_PROVIDERS_OPENROUTER_RENEWAL_BUDGET", "100");
  }

  private static void unkindAnswers(AppProcess app, FakeKeysApi keys, String search)
      throws Exception {
    keys.failCalls(request -> Reply.raw("no HTTP at all\r\n".getBytes(StandardCharsets.US_ASCII)));
    app.call("huc", 1, 2);
    app.call("okhttp", 1, 2);
    app.begin("careless", 1, 2, search).join();
    keys.failCalls(request -> Reply.json(200, "{\"id\":1, \"long\": \"body\"}").cut());
    app.call("huc", 1, 2);
    app.call("okhttp", 1, 2);
    app.begin("careless", 1, 2, search).join();
    keys.failCalls(request -> Reply.json(500, "{}"));
    app.begin("careless", 1, 2, search).join();
    keys.failCalls(null);
  }

  /**
   * The refused key serves again, and the table says so. One good answer does that, but for one
   * that comes while a round of polling still holds what it read before the refusal.
   */
  private static void searchRecovers(Fleet fleet, AppProcess app, FakeKeysApi keys, String search)
      throws Exception {
    keys.failCalls(request -> Reply.json(200, "{}"));
    Eventually.within(
        Duration.ofSeconds(20),
        "the search key serves again",
        () -> {
          app.begin("careless", 1, 1, search).join();
          return log(fleet, app).contains("search/* recovered");
        });
    keys.failCalls(null);
  }

  private static String log(Fleet fleet, AppProcess app) throws Exception {
    Path file = fleet.folder().resolve("latchkey.log");
    if (!Files.exists(file)) return app.err().text();
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  /** The keys API repeats what it was asked with and what it made, where neither belongs. */
  private static void thingsGoWrongWithProvisioning(AppProcess app, FakeKeysApi keys)
      throws Exception {
    keys.spoilMinted(
        request ->
            FakeKeysApi.error(
                500, "made " + last(keys) + " for " + request.header("Authorization")));
    keys.killAll();
    app.call("huc", 2, 2);
    keys.spoilMinted(
        request -> Reply.of(201, "text/plain", ("key=" + last(keys)).getBytes("UTF-8")));
    app.call("okhttp", 2, 2);
    keys.spoilMinted(null);
    keys.failProvisioning(
        request -> FakeKeysApi.error(403, "no right for " + request.header("Authorization")));
    app.call("huc", 2, 2);
    keys.failProvisioning(null);
  }

  private static String last(FakeKeysApi keys) {
    return keys.made().get(keys.made().size() - 1).key();
  }

  private static void commands(Fleet fleet, String user, Canary canary) throws Exception {
    String config = fleet.configFile().toString();
    String[][] all = {
      {"--version"},
      {"check-config", "--config", config},
      {"test-store", "--config", config},
      {"keys", "list", "--config", config},
      {"keys", "list", "--json", "--config", config},
      {"keys", "renew", "--user", "app", "--provider", "openrouter", "--config", config},
      {"keys", "ensure", "--user", "carol", "--provider", "openrouter", "--config", config},
      {"keys", "sync", "--user", "app", "--json", "--config", config},
    };
    for (String[] words : all) {
      AppProcess.Ended ended = plan(fleet, user).command(words);
      assertThat(ended.exit()).as("%s: %s", Arrays.toString(words), ended).isZero();
      canary.written("command " + words[0] + words[words.length > 2 ? 1 : 0], ended.toString());
    }
  }

  private static void collect(Fleet fleet, Canary canary) throws Exception {
    canary.secret(FakeKeysApi.PROVISIONING_KEY, PREFIX);
    canary.secret(FILE_KEY, PREFIX).secret(ENVIRONMENT_KEY, PREFIX);
    canary.secret(QUERY_KEY, 0).secret(PASSWORD, 0);
    for (FakeKeysApi.Row row : fleet.server().keys().made()) canary.secret(row.key(), PREFIX);
    for (AppProcess app : fleet.apps()) {
      canary.written("stdout of " + fleet.folder().getFileName(), app.out().text());
      canary.written("stderr of " + fleet.folder().getFileName(), app.err().text());
    }
    try (Stream<Path> files = Files.walk(fleet.folder())) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        if (!isSecret(file)) canary.written(file.toString(), text);
        else if (file.endsWith("keyset.json")) keysetSecrets(text, canary);
        else if (file.endsWith("password")) canary.secret(text.trim(), 0);
      }
    }
  }

  private static boolean isSecret(Path file) {
    return SECRET_FILES.contains(file.getFileName().toString());
  }

  private static void keysetSecrets(String json, Canary canary) throws Exception {
    for (JsonNode key : new ObjectMapper().readTree(json).path("key")) {
      // The first bytes say what kind of key it is, and are the same in each.
      canary.secret(key.path("keyData").path("value").asText(), 8);
    }
  }
}
