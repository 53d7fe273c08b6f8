package dev.latchkey.agent.bench;

import java.io.File;
import java.util.ArrayList;
import java.util.List;

/** A Java to measure on: the one that runs this, and those that JAVA_HOME_8 to 25 point to. */
final class Jdk {
  private final String name;
  private final String java;

  private Jdk(String name, String java) {
    this.name = name;
    this.java = java;
  }

  /** The oldest first; the one that runs this last, unless its version was among them. */
  static List<Jdk> all() {
    List<Jdk> jdks = new ArrayList<>();
    String own = System.getProperty("java.specification.version");
    boolean ownAmongThem = false;
    for (String version : new String[] {"8", "17", "25"}) {
      String home = System.getenv("JAVA_HOME_" + version);
      if (home == null && version.equals(own)) home = System.getProperty("java.home");
      if (home == null) continue;
      ownAmongThem |= version.equals(own);
      jdks.add(new Jdk(version, home + File.separator + "bin" + File.separator + "java"));
    }
    if (!ownAmongThem) jdks.add(new Jdk(own, System.getProperty("java.home") + "/bin/java"));
    return jdks;
  }

  /** The version, such as {@code 17}. */
  String name() {
    return name;
  }

  /** The program. */
  String java() {
    return java;
  }
}
