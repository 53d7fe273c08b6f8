package dev.latchkey.filter.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import org.junit.jupiter.api.Assumptions;

/**
 * The application servers that the filter is tested on. Their distributions are unpacked by the
 * build: Tomcat 9, 10.1 and Jetty 12 always, the others with the profile {@code servers}.
 */
public enum ServerKind {
  /** Servlet 3.1 on Java 8. */
  TOMCAT_8_5("apache-tomcat-8.5.100", true, "8", new Tomcat()),
  /** Servlet 4.0 on Java 8. */
  TOMCAT_9("apache-tomcat-9.0.117", true, "8", new Tomcat()),
  /** Servlet 6.0. */
  TOMCAT_10_1("apache-tomcat-10.1.59", false, "11", new Tomcat()),
  /** Servlet 6.1. */
  TOMCAT_11("apache-tomcat-11.0.24", false, "21", new Tomcat()),
  /** Servlet 3.1 on Java 8. */
  JETTY_9_4("jetty-home-9.4.58.v20250814", true, "8", new Jetty("deploy")),
  /** Servlet 6.0. */
  JETTY_12("jetty-home-12.1.12", false, "17", new Jetty("ee10-deploy")),
  /** A full Jakarta EE server: JBoss Modules, Undertow and a log manager of its own. */
  WILDFLY("wildfly-39.0.1.Final", false, "17", new WildFly());

  private final String folder;
  private final boolean javax;
  private final String java;
  private final Distribution distribution;

  ServerKind(String folder, boolean javax, String java, Distribution distribution) {
    this.folder = folder;
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
}
