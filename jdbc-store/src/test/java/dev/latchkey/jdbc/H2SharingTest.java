package dev.latchkey.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.key.KeyId;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.key.Secret;
import dev.latchkey.core.store.Crowd;
import dev.latchkey.core.store.KeyStore;
import dev.latchkey.core.store.StoreException;
import dev.latchkey.core.store.StoreSettings;
import dev.latchkey.core.time.TimeSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes on one H2 file: what they share, what a kill loses, who may connect. */
class H2SharingTest {
  @TempDir Path folder;

  @Test
  void aKilledOwnerLosesNothingItAcknowledged() throws Exception {
    Process owner = fork();
    List<String> acknowledged = Collections.synchronizedList(new ArrayList<>());
    Thread reader = new Thread(() -> readLines(owner, acknowledged));
    reader.setDaemon(true);
    reader.start();
    Crowd.await("the owner is at work", () -> acknowledged.size() >= 5);
    try (KeyStore store = open("h2:" + folder)) {
      for (int i = 0; i < 5; i++) assertThat(store.add(key("before-" + i))).isTrue();
      Crowd.await("the owner goes on", () -> acknowledged.size() >= 60);

      owner.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
      for (int i = 0; i < 5; i++) store.add(key("after-" + i));
      reader.join(10_000);

      Set<String> rows = new HashSet<>();
      for (ManagedKey key : store.list(null, null, 100_000)) rows.add(key.owner().id());
      assertThat(rows).containsAll(acknowledged);
      for (int i = 0; i < 5; i++) assertThat(rows).contains("before-" + i, "after-" + i);
    } finally {
      owner.destroyForcibly();
    }
  }

  @Test
  void listensOnLoopbackOnly() throws Exception {
    String before = System.getProperty("h2.bindAddress");
    try (KeyStore store = open("h2:" + folder)) {
      store.add(key("alice"));
      int port = port();

      assertThat(connects("127.0.0.1", port)).isTrue();
      for (InetAddress address : otherAddresses()) {
        assertThat(connects(address.getHostAddress(), port)).as(address.toString()).isFalse();
      }
    }
    assertThat(System.getProperty("h2.bindAddress")).isEqualTo(before);
  }

  @Test
  void belongsToItsUserAlone() throws Exception {
    try (KeyStore store = open("h2:" + folder.resolve("new"))) {
      store.add(key("alice"));
    }

    assertThat(mode(folder.resolve("new"))).isEqualTo("rwx------");
    assertThat(mode(folder.resolve("new/h2"))).isEqualTo("rwx------");
    assertThat(mode(folder.resolve("new/h2/password"))).isEqualTo("rw-------");
    assertThat(Files.readAllBytes(folder.resolve("new/h2/password"))).hasSizeGreaterThan(40);
  }

  @Test
  void saysThatThePasswordFileDoesNotFit() throws Exception {
    open("h2:" + folder).close();
    Files.write(folder.resolve("h2/password"), "wrong".getBytes(UTF_8));

    assertThatThrownBy(() -> open("h2:" + folder))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("H2 in " + folder + " refuses the user or its password");
  }

  @Test
  void saysThatTheFolderCannotBeMade() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(() -> open("h2:" + file))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("cannot be made")
        .hasMessageContaining("set store.url to h2:FOLDER");
  }

  private Process fork() throws IOException {
    return new ProcessBuilder(
            Paths.get(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Writer.class.getName(),
            "h2:" + folder)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void readLines(Process process, List<String> lines) {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        // A kill may cut the last line; what was not read whole was not acknowledged.
        if (line.endsWith(".")) lines.add(line.substring(0, line.length() - 1));
      }
    } catch (IOException e) {
      // The process is gone.
    }
  }

  private int port() throws IOException {
    String lock = new String(Files.readAllBytes(folder.resolve("h2/keys.lock.db")), UTF_8);
    Matcher server = Pattern.compile("server=(\\S+?)\\\\?:(\\d+)").matcher(lock);
    assertThat(server.find()).as(lock).isTrue();
    return Integer.parseInt(server.group(2));
  }

  private static List<InetAddress> otherAddresses() throws IOException {
    List<InetAddress> found = new ArrayList<>();
    for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      for (InetAddress address : Collections.list(one.getInetAddresses())) {
        if (!address.isLoopbackAddress()) found.add(address);
      }
    }
    return found;
  }

  private static boolean connects(String host, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), 2_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static ManagedKey key(String user) {
    Owner owner = Owner.of(user);
    return ManagedKey.builder(KeyId.own("p", owner), "p", owner)
        .secret(Secret.of("0123456789"))
        .build();
  }

  private static KeyStore open(String url) {
    return new JdbcKeyStoreProvider()
        .open(StoreSettings.of(url, null, null, false, NoSealer::new, TimeSource.system()));
  }

  /** Adds keys until it is killed, and prints the owner of each that was acknowledged. */
  static final class Writer {
    public static void main(String[] args) {
      try (KeyStore store = open(args[0])) {
        for (int i = 0; true; i++) {
          store.add(key("owner-" + i));
          System.out.println("owner-" + i + ".");
        }
      }
    }
  }
}
