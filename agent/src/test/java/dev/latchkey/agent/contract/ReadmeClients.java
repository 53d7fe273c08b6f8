package dev.latchkey.agent.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The README's table of clients, held against what a run of the contract has shown. */
final class ReadmeClients {
  /** Those that the project's check runs on where it can have them; other Javas are nobody's. */
  private static final List<Integer> JAVAS = Arrays.asList(8, 11, 17, 21, 25);

  private static final Pattern BLOCK =
      Pattern.compile("<!-- clients:begin -->\n(.*)<!-- clients:end -->", Pattern.DOTALL);
  private static final Pattern ROW = Pattern.compile("(?m)^\\|[^|]+\\| `([^`]+)` \\| ([^|]+) \\|");
  private static final String URL_CONNECTION = "httpurlconnection";
  private static final String JDK = "jdk";
  private static final Map<String, String> SETTINGS = new HashMap<>();

  static {
    SETTINGS.put("okhttp", "okhttp");
    SETTINGS.put("httpclient", "apache4");
    SETTINGS.put("httpclient5", "apache5");
  }

  private final Map<String, Set<String>> named = new LinkedHashMap<>();

  private ReadmeClients(String readme) {
    Matcher block = BLOCK.matcher(readme);
    assertThat(block.find()).as("README.md has the table of clients").isTrue();
    Matcher row = ROW.matcher(block.group(1));
    while (row.find()) {
      String versions = row.group(2).replace("Java ", "");
      assertThat(named.put(row.group(1), new HashSet<>(Arrays.asList(versions.split(", ")))))
          .as("an earlier row of " + row.group(1))
          .isNull();
    }
    Set<String> known = new HashSet<>(SETTINGS.values());
    known.addAll(Arrays.asList(URL_CONNECTION, JDK));
    assertThat(named.keySet()).as("the clients of README.md").isEqualTo(known);
  }

  static ReadmeClients read() throws IOException {
    Path file = Paths.get("..", "README.md");
    return new ReadmeClients(Bytes.text(Files.readAllBytes(file)));
  }

  /** That it names what has passed, and nothing else of what was tried. */
  void holdAgainst(Way way, Set<String> passed) {
    if (JAVAS.contains(way.java())) {
      holdJava(way, URL_CONNECTION, passed.contains(Subject.URL_CONNECTION));
      holdJava(way, JDK, passed.contains(Subject.JDK_CLIENT));
    }
    SETTINGS.forEach((library, setting) -> holdLibrary(way, setting, versions(library, passed)));
  }

  private void holdJava(Way way, String setting, boolean passes) {
    assertThat(named.get(setting).contains(String.valueOf(way.java())))
        .as("README.md names Java %s for `%s`; the contract, %s", way.java(), setting, way)
        .isEqualTo(passes);
  }

  private void holdLibrary(Way way, String setting, Set<String> passed) {
    String about = "README.md's versions of `%s`, and those that pass the contract, %s";
    if (way.everyVersion()) {
      assertThat(named.get(setting)).as(about, setting, way).isEqualTo(passed);
    } else {
      assertThat(named.get(setting)).as(about, setting, way).containsAll(passed);
    }
  }

  private static Set<String> versions(String library, Set<String> passed) {
    Set<String> versions = new TreeSet<>();
    for (String name : passed) {
      if (name.startsWith(library + "-")) {
        versions.add(name.substring(library.length() + 1).replace(" minimal", ""));
      }
    }
    return versions;
  }
}
