package dev.latchkey.sample.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sample.simulator.Simulator;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code --live} as its reader runs it behind a company's proxy. All but the provider's own servers
 * is real: its name, TLS with that name's certificate, the calls of the demo, of the application
 * and of Latchkey.
 */
@Timeout(400)
class LiveDemoIT {
  private static final String WORD = "changeit";

  @TempDir Path folder;

  @Test
  void aKeyIsMadeUsedAndDeletedAgain() throws Exception {
    try (Simulator provider = Simulator.start();
        TlsProxy proxy = proxy(provider)) {
      String told = live(proxy, provider.managementKey());

      assertThat(told).contains("Every step held (").doesNotContain("FAILED").endsWith("\nexit 0");
      assertThat(told).contains("1 key(s)").doesNotContain(provider.managementKey());
      assertThat(provider.everIssued()).hasSize(1).noneMatch(told::contains);
      assertThat(provider.workingKeys()).as("keys left on the account").isZero();
      assertThat(proxy.asked()).containsOnly("openrouter.ai:443");
      assertThat(folder.resolve("tmp")).isEmptyDirectory();
    }
  }

  @Test
  void aWrongProvisioningKeyIsSaidAtOnce() throws Exception {
    try (Simulator provider = Simulator.start();
        TlsProxy proxy = proxy(provider)) {
      String told = live(proxy, "sk-or-v1-nobodys");

      assertThat(told).contains("OPENROUTER_PROVISIONING_KEY").contains("401").endsWith("\nexit 1");
      assertThat(told).doesNotContain("sk-or-v1-nobodys").doesNotContain("There is no key yet");
      assertThat(provider.everIssued()).isEmpty();
    }
  }

  @Test
  void aProviderThatCannotBeReachedIsSaidWithTheWayOut() throws Exception {
    try (Simulator provider = Simulator.start();
        TlsProxy proxy = proxy(provider)) {
      proxy.close();
      String told = live(proxy, provider.managementKey());

      assertThat(told)
          .contains("https://openrouter.ai/api/v1 cannot be reached", "-Dhttps.proxyHost=HOST")
          .doesNotContain(provider.managementKey())
          .endsWith("\nexit 1");
      assertThat(provider.everIssued()).isEmpty();
    }
  }

  private TlsProxy proxy(Simulator provider) throws Exception {
    return TlsProxy.start(certified(), URI.create(provider.baseUrl()).getPort());
  }

  private String live(TlsProxy proxy, String provisioningKey) throws Exception {
    List<String> flags =
        Arrays.asList(
            "-Dhttps.proxyHost=127.0.0.1",
            "-Dhttps.proxyPort=" + proxy.port(),
            "-Djavax.net.ssl.trustStore=" + certificate(),
            "-Djavax.net.ssl.trustStorePassword=" + WORD,
            "-Djavax.net.ssl.trustStoreType=PKCS12");
    ProcessBuilder demo = DemoJar.command(folder, flags, "--live");
    demo.environment().keySet().removeAll(Arrays.asList("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    demo.environment().put("OPENROUTER_PROVISIONING_KEY", provisioningKey);
    return DemoJar.run(folder, demo);
  }

  private SSLContext certified() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(certificate())) {
      store.load(in, WORD.toCharArray());
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, WORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  /** A certificate for the provider's name that signed itself; made if it is not there yet. */
  private Path certificate() throws Exception {
    Path file = folder.resolve("openrouter.p12");
    if (Files.exists(file)) return file;
    List<String> command = new ArrayList<>();
    command.add(Paths.get(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(Arrays.asList("-keystore", file.toString()));
    command.addAll(
        Arrays.asList(
            ("-genkeypair -alias openrouter -keyalg EC -validity 30 -dname CN=openrouter.ai"
                    + " -ext SAN=dns:openrouter.ai -storetype PKCS12 -storepass changeit"
                    + " -keypass changeit")
                .split(" ")));
    Process made = new ProcessBuilder(command).inheritIO().start();
    assertThat(made.waitFor(60, TimeUnit.SECONDS)).as("keytool ends").isTrue();
    assertThat(made.exitValue()).as("keytool's exit code").isZero();
    return file;
  }
}
