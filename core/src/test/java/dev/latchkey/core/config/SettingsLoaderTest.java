package dev.latchkey.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.core.key.Owner;
import dev.latchkey.core.key.SecretAccess;
import dev.latchkey.core.provider.Provider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where settings come from, which wins, and what bad ones are told. */
final class SettingsLoaderTest {
  private static final String KEY =
      "sk-or-v1-00000000000000000000000000000000000000000000000000000000000a11ce";

  @TempDir Path folder;
  private final Map<String, String> properties = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();
  private String agent;

  @Test
  void withNothingAtAllNothingIsActive() {
    Settings settings = load();
    assertThat(settings.enabled()).isTrue();
    assertThat(settings.dryRun()).isFalse();
    assertThat(settings.providers()).isEmpty();
    assertThat(settings.storeUrl()).isEqualTo("h2:" + home().resolve(".latchkey"));
    assertThat(settings.keysetFile()).isEqualTo(home().resolve(".latchkey/keyset.json"));
    assertThat(settings.keysetText()).isNull();
    assertThat(settings.defaultOwner()).isEqualTo(Owner.of("app"));
    assertThat(settings.maxOwners()).isEqualTo(100_000);
    assertThat(settings.propagate()).isFalse();
    assertThat(settings.provisioningTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.waiterTimeout()).isEqualTo(Duration.ofSeconds(15));
    assertThat(settings.logFile()).isNull();
    assertThat(settings.logLevel()).isEqualTo("info");
    assertThat(settings.instrumentationEnabled("okhttp")).isTrue();
    assertThat(settings.file()).isNull();
    assertThat(settings.warnings()).anyMatch(w -> w.contains("set OPENROUTER_PROVISIONING_KEY"));
  }

  @Test
  void aPresetIsActiveWhenOneOfItsVariablesIsSet() {
    environment.put("OPENROUTER_PROVISIONING_KEY", KEY);
    Settings settings = load();
    assertThat(settings.providers()).extracting(Provider::name).containsExactly("openrouter");
    Provider openrouter = settings.providers().get(0);
    assertThat(openrouter.api().canMint()).isTrue();
    assertThat(openrouter.api().canRevoke()).isTrue();
    assertThat(openrouter.api().canProbe()).isTrue();
    assertThat(openrouter.pooled()).isFalse();
    assertThat(openrouter.provisioningVariable()).isEqualTo("OPENROUTER_PROVISIONING_KEY");
    assertThat(openrouter.environmentVariable()).isEqualTo("OPENROUTER_API_KEY");
    assertThat(openrouter.keyFile()).isEqualTo(folder.resolve("work/key.txt"));
    assertThat(openrouter.renewal().budgetPerHour()).isEqualTo(3);
    assertThat(openrouter.renewal().grace()).isEqualTo(Duration.ofMinutes(10));
    environment.put("OPENAI_API_KEY", "sk-proj-0123456789abcdefghij");
    assertThat(load().providers()).hasSize(2);
  }

  @Test
  void openaiMakesKeysOnlyWithAProject() {
    environment.put("OPENAI_ADMIN_KEY", "sk-admin-0123456789abcdefghij");
    assertThat(load().providers().get(0).api().unsetToMint())
        .isEqualTo("OPENAI_PROJECT_ID (or parameters.project)");
    assertThat(load().providers().get(0).api().canMint()).isFalse();
    environment.put("OPENAI_PROJECT_ID", "proj_1");
    assertThat(load().providers().get(0).api().unsetToMint()).isNull();
    assertThat(load().providers().get(0).api().canMint()).isTrue();
  }

  @Test
  void theDesignsOwnFileLoads() throws Exception {
    environment.put("LATCHKEY_DB_PASSWORD", "s3cret!");
    environment.put("OPENROUTER_PROVISIONING_KEY", KEY);
    file(
        "store: {url: \"jdbc:postgresql://db:5432/keys\", username: latchkey, password:"
            + " \"${LATCHKEY_DB_PASSWORD}\"}",
        "encryption: {keyset-file: /etc/latchkey/keyset.json}",
        "identity: {default-owner: web}",
        "providers:",
        "  openrouter:",
        "    base-url: https://openrouter.ai/api/v1",
        "    provisioning-key: ${OPENROUTER_PROVISIONING_KEY}",
        "    env: OPENROUTER_API_KEY",
        "    key-file: key.txt",
        "    owner: user",
        "  my-api:",
        "    base-url: https://api.example.com",
        "    attach: {header: X-API-Key}");
    Settings settings = load();
    assertThat(settings.storeUrl()).isEqualTo("jdbc:postgresql://db:5432/keys");
    assertThat(settings.storeUsername()).isEqualTo("latchkey");
    assertThat(settings.storePassword().reveal(SecretAccess.granted())).isEqualTo("s3cret!");
    assertThat(settings.keysetFile().toString()).isEqualTo("/etc/latchkey/keyset.json");
    assertThat(settings.defaultOwner()).isEqualTo(Owner.of("web"));
    assertThat(settings.providers())
        .extracting(Provider::name)
        .containsExactly("openrouter", "my-api");
    Provider mine = settings.providers().get(1);
    assertThat(mine.manages("https", "api.example.com", -1, "/x")).isTrue();
    assertThat(mine.attachment().headerName()).isEqualTo("X-API-Key");
    assertThat(mine.pooled()).isTrue();
    assertThat(settings.providers().get(0).keyFile()).isEqualTo(folder.resolve("jar/key.txt"));
    assertThat(settings.toString()).doesNotContain("s3cret").doesNotContain(KEY);
  }

  @Test
  void theStrongerSourceWins() throws Exception {
    file("log: {level: error}", "store: {url: memory}", "providers: {openrouter: {limit: 1}}");
    assertThat(load().logLevel()).isEqualTo("error");
    environment.put("LATCHKEY_LOG_LEVEL", "warn");
    assertThat(load().logLevel()).isEqualTo("warn");
    properties.put("latchkey.log.level", "info");
    assertThat(load().logLevel()).isEqualTo("info");
    agent = "latchkey.log.level=debug";
    Settings settings = load();
    assertThat(settings.logLevel()).isEqualTo("debug");
    assertThat(settings.storeUrl()).isEqualTo("memory");
  }

  @Test
  void aVariableReachesNamesWithHyphens() {
    environment.put("OPENROUTER_API_KEY", KEY);
    environment.put("LATCHKEY_PROVIDERS_OPENROUTER_BASE_URL", "http://127.0.0.1:8099/api/v1");
    environment.put("LATCHKEY_PROVIDERS_OPENROUTER_ATTACH_WHEN", "absent");
    environment.put("LATCHKEY_INSTRUMENTATION_OKHTTP_ENABLED", "false");
    environment.put("LATCHKEY_ENCRYPTION_KEYSET_FILE", "k.json");
    Settings settings = load();
    Provider provider = settings.providers().get(0);
    assertThat(provider.manages("http", "127.0.0.1", 8099, "/api/v1/chat")).isTrue();
    assertThat(provider.attachment().onlyWhenAbsent()).isTrue();
    assertThat(settings.instrumentationEnabled("okhttp")).isFalse();
    assertThat(settings.keysetFile()).isEqualTo(folder.resolve("work/k.json"));
  }

  @Test
  void theFileIsNamedByArgumentPropertyOrVariable() throws Exception {
    Path named = folder.resolve("other.yaml");
    Files.write(named, "log: {level: debug}".getBytes(StandardCharsets.UTF_8));
    environment.put("LATCHKEY_CONFIG", named.toString());
    assertThat(load().logLevel()).isEqualTo("debug");
    environment.clear();
    properties.put("latchkey.config", named.toString());
    assertThat(load().file()).isEqualTo(named);
    properties.clear();
    agent = "config=" + named + ",dry-run=true,store.url=jdbc:postgresql://a,b/keys?x=1";
    Settings settings = load();
    assertThat(settings.dryRun()).isTrue();
    assertThat(settings.storeUrl()).isEqualTo("jdbc:postgresql://a,b/keys?x=1");
  }

  @Test
  void everyFaultIsToldAtOnceWithFileAndLine() throws Exception {
    file(
        "enabled: maybe",
        "stroe: {url: memory}",
        "store: {url: mysql://x, notify: 3}",
        "log:",
        "  level: loud",
        "waits: {waiter: soon}",
        "identity: {max-owners: 0}",
        "providers:",
        "  openrouter:",
        "    base-url: http://openrouter.ai/api",
        "    owner: nobody",
        "    grce: 1m",
        "  opnrouter: {}",
        "  my-api: {base-url: https://x.example, attach: {header: A, query: b}}");
    List<String> faults = faults();
    String name = folder.resolve("jar/latchkey.yaml").toString();
    assertThat(faults)
        .contains(
            name + ":1 enabled: not allowed: maybe; allowed: true, false",
            name + ":2 stroe: unknown setting; did you mean store?",
            name + ":5 log.level: not allowed: loud; allowed: error, warn, info, debug",
            name + ":7 identity.max-owners: not allowed: 0; allowed: 1 to 10000000",
            name + ":11 providers.openrouter.owner: not allowed: nobody; allowed: user, shared",
            name + ":12 providers.openrouter.grce: unknown setting; did you mean grace?")
        .anyMatch(f -> f.startsWith(name + ":3 store.url: not allowed (value not shown)"))
        .anyMatch(f -> f.startsWith(name + ":3 store.notify: not allowed: 3"))
        .anyMatch(f -> f.startsWith(name + ":6 waits.waiter: not allowed: soon"))
        .anyMatch(f -> f.contains(":10 providers.openrouter.base-url: http:// is allowed for"))
        .anyMatch(f -> f.contains(":13 providers.opnrouter: ") && f.contains("did you mean openr"))
        .anyMatch(f -> f.contains(":14 providers.my-api.attach: one of header and query"));
    assertThat(faults).hasSize(12);
  }

  @Test
  void badYamlIsToldWithItsLineAndTheRestIsCheckedToo() throws Exception {
    file("log: {level: loud}", "providers:", "  openrouter:", "    limit: 1", "   owner: user");
    assertThat(faults())
        .anyMatch(f -> f.contains("latchkey.yaml:5 bad YAML") && f.contains("indentation"))
        .anyMatch(f -> f.contains("latchkey.yaml:1 log.level"));
  }

  @Test
  void wrongTypesAreTold() throws Exception {
    file("store: memory", "log: [a]", "providers: {openrouter: yes, openai: {limit: {a: 1}}}");
    assertThat(faults())
        .anyMatch(f -> f.contains(":1 store: named settings (name: value) expected, not text"))
        .anyMatch(f -> f.contains(":2 log: named settings (name: value) expected, not a list"))
        .anyMatch(f -> f.contains(":3 providers.openrouter: named settings"))
        .anyMatch(f -> f.contains(":3 providers.openai.limit: a number, 0 or more expected"));
  }

  @Test
  void aNamedFileThatIsMissingIsAFault() {
    agent = "config=/nowhere/latchkey.yaml";
    assertThat(faults())
        .containsExactly(
            "agent argument config config: no such file: /nowhere/latchkey.yaml; create it or"
                + " correct the path");
  }

  @Test
  void aClientThatNobodyKnowsIsAFaultThatNamesTheNearest() throws Exception {
    file("instrumentation:", "  okhtp: {enabled: false}", "  jdk: {enabled: false}");
    assertThat(faults())
        .containsExactly(
            folder.resolve("jar/latchkey.yaml")
                + ":2 instrumentation.okhtp: unknown setting; did you mean okhttp?");
  }

  @Test
  void aVariableOfAClientThatNobodyKnowsIsAWarning() {
    environment.put("LATCHKEY_INSTRUMENTATION_OKHTP_ENABLED", "false");
    assertThat(load().warnings())
        .anyMatch(w -> w.endsWith("did you mean LATCHKEY_INSTRUMENTATION_OKHTTP_ENABLED?"));
  }

  @Test
  void ownersAreCarriedIntoOtherThreadsWhereTheFileSaysSo() throws Exception {
    file("identity: {propagate: true}");
    assertThat(load().propagate()).isTrue();
  }

  @Test
  void aFolderIsAFault() throws Exception {
    properties.put("latchkey.config", folder.toString());
    assertThat(faults()).containsExactly(folder + ":1 a folder, not a file; name the file in it");
  }

  @Test
  void anEmptyFileIsAFault() throws Exception {
    file("", "  ");
    assertThat(faults()).hasSize(1).allMatch(f -> f.contains("the file is empty"));
  }

  @Test
  void aFileOfCommentsIsFine() throws Exception {
    file("# all defaults");
    assertThat(load().enabled()).isTrue();
  }

  @Test
  void aReferenceToAnUnsetVariableNamesIt() throws Exception {
    file("store:", "  url: jdbc:postgresql://db/keys", "  password: ${DB_PASSWORD}");
    assertThat(faults())
        .hasSize(1)
        .allMatch(f -> f.contains("yaml:3 the environment variable DB_P"));
  }

  @Test
  void unknownPropertiesAndArgumentsAreFaultsUnknownVariablesAreNot() {
    properties.put("latchkey.enabld", "false");
    properties.put("latchkey.store.ur", "memory");
    agent = "log.levl=info";
    environment.put("LATCHKEY_LOG_LEVL", "info");
    environment.put("LATCHKEY_DB_PASSWORD", "mine");
    assertThat(faults())
        .containsExactlyInAnyOrder(
            "system property latchkey.enabld enabld: unknown setting; did you mean enabled?",
            "system property latchkey.store.ur store.ur: unknown setting; did you mean url?",
            "agent argument log.levl log.levl: unknown setting; did you mean level?");
    properties.clear();
    agent = null;
    assertThat(load().warnings())
        .anyMatch(w -> w.contains("LATCHKEY_LOG_LEVL") && w.contains("mean LATCHKEY_LOG_LEVEL?"))
        .noneMatch(w -> w.contains("DB_PASSWORD"));
  }

  @Test
  void noFaultAndNoWarningShowsASecret() throws Exception {
    environment.put("P", KEY);
    environment.put("OPENROUTER_API_KEY", "your-key-here," + KEY + "\u00e9");
    file(
        "store: {url: \"" + KEY + "\", password: [" + KEY + "]}",
        KEY + ": 1",
        "providers:",
        "  openrouter:",
        "    provisioning-key: [\"${P}\"]",
        "    env: " + KEY,
        "    owner: ${P}",
        "    limit: " + KEY,
        "    base-url: https://u:" + KEY + "@openrouter.ai",
        "    provisioning-env: " + KEY);
    assertThat(String.join("\n", faults())).doesNotContain(KEY).contains(":6", ":7", ":8", ":9");
    Files.delete(folder.resolve("jar/latchkey.yaml"));
    assertThat(load().warnings())
        .contains(
            "openrouter: OPENROUTER_API_KEY, key 1 is left out: a placeholder, not a key",
            "openrouter: OPENROUTER_API_KEY, key 2 is left out: character 74 is not printable"
                + " ASCII");
  }

  @Test
  void environmentKeysAreAPool() {
    environment.put("OPENROUTER_API_KEY", KEY + ", " + KEY.replace("a11ce", "b0b00") + "," + KEY);
    assertThat(load().providers().get(0).environmentKeys()).hasSize(2);
  }

  @Test
  void aKeysetInTheEnvironmentReplacesTheFile() {
    environment.put("LATCHKEY_KEYSET", "{\"primaryKeyId\":1}");
    Settings settings = load();
    assertThat(settings.keysetFile()).isNull();
    assertThat(settings.keysetText().reveal(SecretAccess.granted())).contains("primaryKeyId");
  }

  @Test
  void aFleetWithoutASharedKeysetIsWarned() {
    properties.put("latchkey.store.url", "jdbc:postgresql://db/keys");
    assertThat(load().warnings()).anyMatch(w -> w.startsWith("encryption.keyset-file is not set"));
  }

  @Test
  void hostileFilesAreRefused() throws Exception {
    file("a: &a [x,x]", "b: *a", "c: !!java.net.URL [x]", "a: 2");
    assertThat(faults())
        .anyMatch(f -> f.contains(":1 anchors"))
        .anyMatch(f -> f.contains(":2 anchors"))
        .anyMatch(f -> f.contains(":3 tags"))
        .anyMatch(f -> f.contains(":4 a: is there twice, first at"));
    StringBuilder deep = new StringBuilder("a: ");
    for (int i = 0; i < 100_000; i++) deep.append('[');
    file(deep.toString());
    assertThat(faults()).isNotEmpty();
    file(new String(new char[1 << 20]).replace('\0', 'x') + "y");
    assertThat(faults()).anyMatch(f -> f.contains("too long"));
    Files.write(folder.resolve("jar/latchkey.yaml"), new byte[] {'a', ':', (byte) 0xC3, 0x28});
    assertThat(faults()).anyMatch(f -> f.contains("UTF-8"));
    Files.write(folder.resolve("jar/latchkey.yaml"), new byte[] {'a', 0, 1, 2});
    assertThat(faults()).isNotEmpty();
  }

  @Test
  void theExceptionsMessageHasEveryFaultOnItsLine() {
    properties.put("latchkey.enabled", "x");
    properties.put("latchkey.dry-run", "y");
    assertThatThrownBy(this::load).hasMessageMatching("(?s).*latchkey.*\\R.*latchkey.*");
  }

  private void file(String... lines) throws Exception {
    Files.createDirectories(folder.resolve("jar"));
    Files.write(
        folder.resolve("jar/latchkey.yaml"),
        String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
  }

  private Settings load() {
    properties.put("user.dir", folder.resolve("work").toString());
    return SettingsLoader.load(
        SettingsSource.of(agent, properties, environment, folder.resolve("jar"), home()));
  }

  private List<String> faults() {
    return catchThrowableOfType(ConfigException.class, this::load).faults();
  }

  private Path home() {
    return folder.resolve("home");
  }
}
