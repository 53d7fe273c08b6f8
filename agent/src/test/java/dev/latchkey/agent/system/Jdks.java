package dev.latchkey.agent.system;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The Javas that forked JVMs can run on: the one of the tests, and those that {@code JAVA_HOME_8},
 * {@code JAVA_HOME_11}, {@code JAVA_HOME_21} and {@code JAVA_HOME_25} name.
 */
final class Jdks {
  private static final String[] VERSIONS = {"8", "11", "21", "25"};

  private Jdks() {}

  static Path running() {
    return Paths.get(System.getProperty("java.home"));
  }

  /**
   * The one that applications run on where a test does not say: {@code latchkey.test.java} names
   * it, such as 8; without that the one of the tests.
   */
  static Path ofApplications() {
    String version = System.getProperty("latchkey.test.java");
    if (version == null) return running();
    Path home = all().get(version);
    if (home != null) return home;
    throw new AssertionError("JAVA_HOME_" + version + " names no JDK");
  }

  /** Homes by what to call them. */
  static Map<String, Path> all() {
    Map<String, Path> out = new LinkedHashMap<>();
    out.put(System.getProperty("java.specification.version"), running());
    for (String version : VERSIONS) {
      String home = System.getenv("JAVA_HOME_" + version);
      if (home != null && Files.isExecutable(Paths.get(home, "bin", "java"))) {
        out.putIfAbsent(version, Paths.get(home));
      }
    }
    return out;
  }
}
