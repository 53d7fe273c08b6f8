package dev.latchkey.agent.forked;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A Java installation that tests fork: the one that runs them, and those that variables name. */
final class Jdk {
  private final String name;
  private final File home;

  private Jdk(String name, File home) {
    this.name = name;
    this.home = home;
  }

  static Stream<Jdk> all() {
    List<Jdk> all = new ArrayList<>();
    all.add(current());
    for (String feature : new String[] {"8", "11", "21", "25"}) {
      Jdk named = named(feature);
      if (named != null) all.add(named);
    }
    return all.stream();
  }

  static Jdk current() {
    File home = new File(System.getProperty("java.home"));
    return new Jdk("Java " + System.getProperty("java.specification.version"), home);
  }

  private static @Nullable Jdk named(String feature) {
    String home = System.getenv("JAVA_HOME_" + feature);
    boolean there = home != null && new File(home, "bin/java").canExecute();
    return there ? new Jdk("Java " + feature, new File(home)) : null;
  }

  String tool(String tool) {
    return new File(home, "bin/" + tool).getPath();
  }

  @Override
  public String toString() {
    return name;
  }
}
