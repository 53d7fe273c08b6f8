package dev.latchkey.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.store.Crowd;
import dev.latchkey.core.store.KeyStore;
import dev.latchkey.core.store.StoreException;
import dev.latchkey.core.store.StoreSettings;
import dev.latchkey.core.time.TimeSource;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {
  @TempDir Path folder;

  @Test
  void runOnceOnPostgresForTenThatStartTogether() throws Exception {
    String url = TestPostgres.shared().newDatabase();

    assertThat(openInLoadersOfTheirOwn(10, url)).containsOnly("0 keys");

    assertThat(runs(url)).isEqualTo(1);
  }

  @Test
  void runOnceOnH2ForTenThatStartTogether() throws Exception {
    String url = "h2:" + folder;
    try (Connection keepsOpen = database(url).getConnection()) {
      assertThat(keepsOpen.isValid(1)).isTrue();

      assertThat(openInLoadersOfTheirOwn(10, url)).containsOnly("0 keys");

      assertThat(runs(url)).isEqualTo(1);
    }
  }

  @Test
  void liveBesideAnApplicationsOwnTables() throws Exception {
    String url = TestPostgres.shared().newDatabase();
    try (Connection c = database(url).getConnection();
        Statement s = c.createStatement()) {
      s.execute("create table orders (id integer)");
      s.execute("create table flyway_schema_history (id integer)");
    }

    assertThat(new OpensAStore().apply(url)).isEqualTo("0 keys");
  }

  @Test
  void doNotTakeTheTablesOfALaterSchemaForTheirOwn() throws Exception {
    String url = TestPostgres.shared().newDatabase();
    assertThat(new OpensAStore().apply(url)).isEqualTo("0 keys");
    String second = url + (url.contains("?") ? "&" : "?") + "currentSchema=second,public";
    try (Connection c = database(url).getConnection();
        Statement s = c.createStatement()) {
      s.execute("create schema second");

      assertThat(new OpensAStore().apply(second)).isEqualTo("0 keys");

      try (ResultSet row = s.executeQuery("select count(*) from second.api_keys")) {
        assertThat(row.next()).isTrue();
      }
    }
  }

  @Test
  void bearConnectionsThatDoNotCommitByThemselves() throws Exception {
    Database real = database(TestPostgres.shared().newDatabase());
    Database container =
        new Database(
            Dialect.POSTGRES,
            "a container's",
            () -> {
              Connection c = real.getConnection();
              c.setAutoCommit(false);
              return c;
            });
    try (Connection first = Migrations.run(container, true)) {
      assertThat(Migrations.version(first)).isEqualTo(Scripts.latestVersion());
    }
  }

  @Test
  void areNotMadeBySomebodyWhoOnlyLooks() throws Exception {
    for (String url :
        Arrays.asList(
            TestPostgres.shared().newDatabase(), "jdbc:h2:mem:looked;DB_CLOSE_DELAY=-1")) {
      Database database = database(url);
      assertThatThrownBy(() -> Migrations.run(database, false))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("a dry run makes none");
      try (Connection c = database.getConnection();
          ResultSet tables =
              c.getMetaData().getTables(null, null, "%latchkey%", new String[] {"TABLE"})) {
        assertThat(tables.next()).as(url).isFalse();
      }

      Migrations.run(database, true).close();
      Migrations.run(database, false).close();
    }
  }

  @Test
  void thatFailLeaveNoConnectionAndNothingHalfMade() throws Exception {
    for (String url :
        Arrays.asList(TestPostgres.shared().newDatabase(), "jdbc:h2:mem:taken;DB_CLOSE_DELAY=-1")) {
      Database real = database(url);
      try (Connection c = real.getConnection();
          Statement s = c.createStatement()) {
        s.execute("create table key_usage (id integer)");
      }
      OpenConnections open = new OpenConnections(real);
      Database counted = new Database(real.dialect(), "counted", open::next);

      assertThatThrownBy(() -> Migrations.run(counted, true))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("making the tables of the key store");
      assertThat(open.now()).as(url).isZero();
      try (Connection c = real.getConnection();
          Statement s = c.createStatement()) {
        s.execute("drop table key_usage");
      }
    }
  }

  @Test
  void needTwoConnectionsAtMost() throws Exception {
    for (String url :
        Arrays.asList(
            TestPostgres.shared().newDatabase(),
            "jdbc:h2:mem:counted;DB_CLOSE_DELAY=-1",
            "h2:" + folder.resolve("counted"))) {
      Database real = database(url);
      OpenConnections open = new OpenConnections(real);
      Database counted = new Database(real.dialect(), "counted", open::next);
      try (Connection first =
          Migrations.run(real.isOurs() ? counted.ofOurs(false, null) : counted, true)) {
        assertThat(Migrations.version(first)).isEqualTo(Scripts.latestVersion());
        assertThat(open.most()).as(url).isEqualTo(2);
        assertThat(open.now()).as(url).isEqualTo(1);
      }
    }
  }

  @Test
  void runOnAnyH2Url() {
    String url = "jdbc:h2:mem:plain;DB_CLOSE_DELAY=-1";

    assertThat(new OpensAStore().apply(url)).isEqualTo("0 keys");
    assertThat(new OpensAStore().apply(url)).isEqualTo("0 keys");
  }

  @Test
  void askFlywayForNoAdvisoryLock() {
    assertThat(FlywayRun.withoutAdvisoryLock("SELECT pg_try_advisory_xact_lock(-4711)"))
        .isEqualTo("SELECT true as pg_try_advisory_xact_lock");
    assertThat(FlywayRun.withoutAdvisoryLock("SELECT pg_advisory_unlock(12)"))
        .isEqualTo("SELECT true as pg_advisory_unlock");
  }

  /** As many copies of the whole code, each in a loader that shares nothing with the others. */
  private static List<String> openInLoadersOfTheirOwn(int many, String url) throws Exception {
    List<Callable<String>> tasks = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      ClassLoader loader =
          new URLClassLoader(classPath(), ClassLoader.getSystemClassLoader().getParent());
      @SuppressWarnings("unchecked")
      UnaryOperator<String> opens =
          (UnaryOperator<String>)
              loader.loadClass(OpensAStore.class.getName()).getConstructor().newInstance();
      tasks.add(() -> opens.apply(url));
    }
    return Crowd.run(many, tasks::get);
  }

  private static URL[] classPath() throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String part : System.getProperty("java.class.path").split(File.pathSeparator)) {
      urls.add(new File(part).toURI().toURL());
    }
    return urls.toArray(new URL[0]);
  }

  private static int runs(String url) throws SQLException {
    try (Connection c = database(url).getConnection();
        Statement s = c.createStatement();
        ResultSet row =
            s.executeQuery(
                "select count(*) from \"latchkey_schema_history\" where \"version\" = '1'")) {
      row.next();
      return row.getInt(1);
    }
  }

  private static Database database(String url) {
    StoreSettings settings =
        StoreSettings.of(url, null, null, false, NoSealer::new, TimeSource.system());
    return PostgresDatabase.accepts(url) ? PostgresDatabase.of(settings) : H2Database.of(settings);
  }

  /** Counts a database's connections; there are most when one was opened. */
  private static final class OpenConnections {
    private final Database real;
    private final List<Connection> all = new ArrayList<>();
    private int most;

    OpenConnections(Database real) {
      this.real = real;
    }

    Connection next() throws SQLException {
      Connection connection = real.getConnection();
      all.add(connection);
      most = Math.max(most, now());
      return connection;
    }

    int most() {
      return most;
    }

    int now() throws SQLException {
      int now = 0;
      for (Connection connection : all) now += connection.isClosed() ? 0 : 1;
      return now;
    }
  }

  /** Opens a store and says how many keys are in it. */
  public static final class OpensAStore implements UnaryOperator<String> {
    public OpensAStore() {}

    @Override
    public String apply(String url) {
      StoreSettings settings =
          StoreSettings.of(url, null, null, false, NoSealer::new, TimeSource.system());
      try (KeyStore store = new JdbcKeyStoreProvider().open(settings)) {
        return store.list(null, null, 10).size() + " keys";
      }
    }
  }
}
