package dev.latchkey.filter.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Properties;
import org.junit.jupiter.api.Assumptions;

/**
 * The application servers that the filter is tested on. Their distributions are unpacked by the
 * build: Tomcat 9, 10.1 and Jetty 12 always, the others with the profile {@code servers}.
 */
public enum ServerKind {
  /** Servlet 3.1 on Java 8. */
  TOMCAT_8_5(true, "8", new Tomcat()),
  /** Servlet 4.0 on Java 8. */
  TOMCAT_9(true, "8", new Tomcat()),
  /** Servlet 6.0. */
  TOMCAT_10_1(false, "11", new Tomcat()),
  /** Servlet 6.1. */
  TOMCAT_11(false, "21", new Tomcat()),
  /** Servlet 3.1 on Java 8. */
  JETTY_9_4(true, "8", new Jetty("deploy")),
  /** Servlet 6.0. */
  JETTY_12(false, "17", new Jetty("ee10-deploy")),
  /** A full Jakarta EE server: JBoss Modules, Undertow and a log manager of its own. */
  WILDFLY(false, "17", new WildFly());

  /** The name of each one's folder, its version in it, as the build wrote it beside this class. */
  private static final Properties FOLDERS = folders();

  private final boolean javax;
  private final String java;
  private final Distribution distribution;

  ServerKind(boolean javax, String java, Distribution distribution) {
    this.javax = javax;
    this.java = java;
    this.distribution = distribution;
  }

  /** Whether it speaks {@code javax.servlet}. */
  public boolean isJavax() {
    return javax;
  }

  /** The filter's jar for it. */
  public Path filterJar() {
    return Paths.get(
        System.getProperty("latchkey.test.filters", "target"),
        javax ? "latchkey-filter-javax.jar" : "latchkey-filter.jar");
  }

  Distribution distribution() {
    return distribution;
  }

  /** Where the distribution is; skips the test where this build has not unpacked it. */
  Path home() {
    String folder = FOLDERS.getProperty(name());
    Path home = Paths.get(System.getProperty("latchkey.test.servers", "target/servers"), folder);
    Assumptions.assumeTrue(
        Files.isDirectory(home), folder + " is part of the profile servers only");
    return home.toAbsolutePath();
  }

  /** The oldest Java it is tested on where that is here, else the one of the tests. */
  Path javaHome() {
    String named = System.getenv("JAVA_HOME_" + java);
    Path home = Paths.get(named == null ? "" : named);
    boolean there = named != null && Files.isExecutable(home.resolve("bin/java"));
    return there ? home : Paths.get(System.getProperty("java.home"));
  }

  private static Properties folders() {
    Properties folders = new Properties();
    try (InputStream in = ServerKind.class.getResourceAsStream("folders.properties")) {
      folders.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folders;
  }
}
