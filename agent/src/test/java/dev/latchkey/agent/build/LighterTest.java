package dev.latchkey.agent.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.agent.contract.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.h2.server.TcpServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class LighterTest {
  private static final String SERVER = "org/h2/server/TcpServer.class";
  private static final String RESOURCES = "org/h2/util/data.zip";

  @Test
  void serverOfTheDatabaseServesWithoutADatabaseOfItsOwn() throws Exception {
    Map<String, byte[]> files = h2();
    try (Served before = new Served(files)) {
      // Wrong user or password: it is there.
      assertThatThrownBy(before::administration).hasMessageContaining("28000");
    }
    Lighter.make(files);
    try (Served after = new Served(files)) {
      assertThatThrownBy(after::administration).hasMessageContaining("90146");
      try (Connection one = after.client();
          Connection two = after.client()) {
        one.createStatement().execute("create table held(id int)");
        assertThat(two.createStatement().executeUpdate("insert into held values (7)")).isOne();
      }
    }
  }

  @Test
  void textsAreLeftOfItsResources() throws Exception {
    Map<String, byte[]> files = h2();
    Lighter.make(files);

    assertThat(files.keySet())
        .contains("org/h2/res/_messages_en.prop", "org/h2/res/help.csv", SERVER)
        .noneMatch(name -> name.startsWith("org/h2/server/web/"));
  }

  @Test
  void anotherH2ThanWeKnowIsRefused() throws Exception {
    Map<String, byte[]> files = h2();
    files.remove(RESOURCES);
    assertThatThrownBy(() -> Lighter.make(files)).hasMessageContaining("data.zip");
  }

  private static Map<String, byte[]> h2() throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    for (String name : new String[] {SERVER, RESOURCES}) {
      try (InputStream in = TcpServer.class.getResourceAsStream("/" + name)) {
        files.put(name, Bytes.all(in));
      }
    }
    return files;
  }

  /** A server of an H2 of its own, on loopback. */
  private static final class Served extends ClassLoader implements AutoCloseable {
    private final Map<String, byte[]> files;
    private final Driver driver;
    private final Object server;
    private final String port;

    Served(Map<String, byte[]> files) throws Exception {
      super(LighterTest.class.getClassLoader());
      this.files = new HashMap<>(files);
      String before = System.getProperty("h2.bindAddress");
      System.setProperty("h2.bindAddress", "127.0.0.1");
      try {
        driver = (Driver) loadClass("org.h2.Driver").getConstructor().newInstance();
        Class<?> type = loadClass("org.h2.tools.Server");
        String[] arguments = {"-tcpPort", "0", "-tcpDaemon", "-ifNotExists"};
        server = type.getMethod("createTcpServer", String[].class).invoke(null, (Object) arguments);
        type.getMethod("start").invoke(server);
        port = String.valueOf(type.getMethod("getPort").invoke(server));
      } finally {
        if (before == null) System.clearProperty("h2.bindAddress");
        else System.setProperty("h2.bindAddress", before);
      }
    }

    Connection client() throws SQLException {
      return connect("tcp://127.0.0.1:" + port + "/mem:shared");
    }

    Connection administration() throws SQLException {
      return connect("mem:management_db_" + port + ";IFEXISTS=TRUE");
    }

    private Connection connect(String database) throws SQLException {
      return driver.connect("jdbc:h2:" + database, new Properties());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) return loaded;
      if (!name.startsWith("org.h2.")) return super.loadClass(name, resolve);
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] file = Bytes.all(in);
        return defineClass(name, file, 0, file.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
      if (files.containsKey(name)) return new ByteArrayInputStream(files.get(name));
      return name.equals(RESOURCES) ? null : super.getResourceAsStream(name);
    }

    @Override
    public void close() throws Exception {
      server.getClass().getMethod("stop").invoke(server);
    }
  }
}
