package dev.latchkey.agent.contract;

import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One client in one version, as it is put under the contract. */
final class Subject {
  static final String URL_CONNECTION = "HttpURLConnection";
  static final String JDK_CLIENT = "java.net.http";

  private static final File CLIENTS = new File("target/clients");
  private static final String DRIVERS = "dev.latchkey.agent.contract.driver.";
  private static final String NO_ASYNC = "the client blocks by design";

  private final String name;
  private final @Nullable String jars;
  private final String driver;
  private final boolean minimal;
  private final Map<Trait, String> lacks = new EnumMap<>(Trait.class);

  private Subject(String name, @Nullable String jars, String driver, boolean minimal) {
    this.name = name;
    this.jars = jars;
    this.driver = DRIVERS + driver;
    this.minimal = minimal;
  }

  /** Every client at its oldest and newest supported version; the JDK's as this JVM has them. */
  static Stream<Subject> all() {
    List<Subject> all = new ArrayList<>();
    all.add(urlConnection());
    if (hasJdkClient()) all.add(jdkClient());
    for (String version : versions("okhttp-")) all.add(okhttp(version));
    for (String version : versions("httpclient-")) {
      all.add(apache(version, "Apache4Driver", false));
      all.add(apache(version, "Apache4Driver", true));
    }
    for (String version : versions("httpclient5-")) {
      all.add(apache(version, "Apache5Driver", false));
      all.add(apache(version, "Apache5Driver", true));
    }
    return all.stream();
  }

  /** The newest version of each client. */
  static Stream<Subject> newest() {
    Map<String, Subject> last = new LinkedHashMap<>();
    all()
        .forEach(subject -> last.put(subject.name.replaceFirst("-\\d.*? |-\\d\\S*$", ""), subject));
    return last.values().stream();
  }

  String name() {
    return name;
  }

  /** The driver's class name. */
  String driver() {
    return driver;
  }

  /** Whether the client's bare variant is meant. */
  boolean isMinimal() {
    return minimal;
  }

  /** Why this client lacks the trait; null if it has it. */
  @Nullable String lacks(Trait trait) {
    return lacks.get(trait);
  }

  Map<Trait, String> lacks() {
    return lacks;
  }

  /** The client's jars; none where the JDK has it. */
  List<File> jars() {
    if (jars == null) return new ArrayList<>();
    File[] found = new File(CLIENTS, jars).listFiles((dir, file) -> file.endsWith(".jar"));
    if (found == null || found.length == 0) {
      throw new IllegalStateException("no jars in " + CLIENTS + "/" + jars);
    }
    return Arrays.asList(found);
  }

  @Override
  public String toString() {
    return name;
  }

  private Subject without(Trait trait, String reason) {
    lacks.put(trait, reason);
    return this;
  }

  private static Subject urlConnection() {
    return new Subject(URL_CONNECTION, null, "UrlConnectionDriver", false)
        .without(Trait.PERMANENT, "the JDK follows 307 and none above")
        .without(Trait.DOWNGRADE, "the JDK follows to no other protocol")
        .without(Trait.REFUSED_STREAM, "the JDK drops its body, without us, too")
        .without(Trait.BODY_SOURCE, "the application writes the body itself")
        .without(Trait.LATE_MANAGED, "a connection to another origin is left alone altogether")
        .without(Trait.POOL, "the JDK does not tell")
        .without(Trait.CANCEL, "disconnect is not safe while another thread reads")
        .without(Trait.CANCEL_FAULT, "the refusal has come and is handed back")
        .without(Trait.EXPECT, "the JDK sends it in streaming mode only")
        .without(Trait.ASYNC, NO_ASYNC);
  }

  private static Subject jdkClient() {
    return new Subject(JDK_CLIENT, null, "JdkClientDriver", false)
        .without(Trait.DOWNGRADE, "Redirect.NORMAL excepts it")
        .without(Trait.LATE_REFUSED, "where a redirect leads is asked for without a key")
        .without(Trait.POOL, "the JDK does not tell");
  }

  private static Subject okhttp(String version) {
    return new Subject(version, version, "OkHttpDriver", false);
  }

  private static Subject apache(String version, String driver, boolean minimal) {
    String name = minimal ? version + " minimal" : version;
    Subject subject = new Subject(name, version, driver, minimal).without(Trait.ASYNC, NO_ASYNC);
    if (version.startsWith("httpclient-4.3.")) {
      subject.without(Trait.PERMANENT, "4.3 does not know the status");
    }
    if (version.startsWith("httpclient5-") && !version.startsWith("httpclient5-5.0.")) {
      subject.without(Trait.CREDENTIALS_AWAY, "since 5.4 it hands such a redirect back");
    }
    if (!minimal) return subject;
    return subject
        .without(Trait.REDIRECTS, "the minimal client follows none")
        .without(Trait.EXPECT, "the minimal client does not send it")
        .without(Trait.PROXY, "the minimal client knows none");
  }

  private static List<String> versions(String prefix) {
    String[] found = CLIENTS.list((dir, name) -> name.startsWith(prefix));
    if (found == null || found.length == 0) {
      throw new IllegalStateException("no " + prefix + "* in " + CLIENTS.getAbsolutePath());
    }
    Arrays.sort(found);
    return Arrays.asList(found);
  }

  private static boolean hasJdkClient() {
    try {
      Class.forName("java.net.http.HttpClient");
      return true;
    } catch (ClassNotFoundException java8) {
      return false;
    }
  }
}
