package dev.latchkey.filter.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Writes an unpacked web application: a package of test classes, the filter's jar, a web.xml. */
public final class TestApplication {
  private final StringBuilder xml = new StringBuilder();
  private final Map<String, String> parameters = new LinkedHashMap<>();

  private TestApplication() {}

  /** An application without anything. */
  public static TestApplication create() {
    return new TestApplication();
  }

  /** An init parameter of the filter. */
  public TestApplication parameter(String name, String value) {
    parameters.put(name, value);
    return this;
  }

  /** A servlet, by its class, at a path. */
  public TestApplication servlet(Class<?> type, String path) {
    String name = path.replace("/", "");
    xml.append("<servlet><servlet-name>").append(name).append("</servlet-name>");
    xml.append("<servlet-class>").append(type.getName()).append("</servlet-class>");
    xml.append("<async-supported>true</async-supported></servlet>");
    xml.append("<servlet-mapping><servlet-name>").append(name).append("</servlet-name>");
    xml.append("<url-pattern>").append(path).append("</url-pattern></servlet-mapping>");
    return this;
  }

  /** Only who has that role, by the container's own log-in dialogue, gets to these pages. */
  public TestApplication onlyFor(String role, String pattern) {
    xml.append("<security-constraint><web-resource-collection>");
    xml.append("<web-resource-name>all</web-resource-name>");
    xml.append("<url-pattern>").append(pattern).append("</url-pattern>");
    xml.append("</web-resource-collection><auth-constraint>");
    xml.append("<role-name>").append(role).append("</role-name></auth-constraint>");
    xml.append("</security-constraint><login-config><auth-method>BASIC</auth-method>");
    xml.append("<realm-name>test</realm-name></login-config>");
    xml.append("<security-role><role-name>").append(role).append("</role-name></security-role>");
    return this;
  }

  /** Writes it for that server, with the filter on {@code pattern}. */
  public void write(ServerKind kind, Path folder, Package classes, String pattern)
      throws IOException {
    Path inf = Files.createDirectories(folder.resolve("WEB-INF/lib")).getParent();
    Files.copy(
        kind.filterJar(),
        inf.resolve("lib").resolve(kind.filterJar().getFileName()),
        StandardCopyOption.REPLACE_EXISTING);
    copyClasses(kind, inf.resolve("classes"), classes.getName().replace('.', '/'));
    Files.write(inf.resolve("web.xml"), webXml(kind, pattern).getBytes(UTF_8));
  }

  private static void copyClasses(ServerKind kind, Path to, String packagePath) throws IOException {
    Path from = ownClasses().resolve(packagePath);
    Path target = Files.createDirectories(to.resolve(packagePath));
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(
            target.resolve(file.getFileName().toString()),
            kind.isJavax() ? Javax.of(bytes) : bytes);
      }
    }
  }

  private static Path ownClasses() {
    try {
      return Paths.get(
          TestApplication.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private String webXml(ServerKind kind, String pattern) {
    String head =
        kind.isJavax()
            ? "<web-app xmlns='http://xmlns.jcp.org/xml/ns/javaee' version='3.1'>"
            : "<web-app xmlns='https://jakarta.ee/xml/ns/jakartaee' version='5.0'>";
    StringBuilder filter =
        new StringBuilder("<filter><filter-name>latchkey</filter-name>")
            .append("<filter-class>dev.latchkey.filter.LatchkeyFilter</filter-class>")
            .append("<async-supported>true</async-supported>");
    parameters.forEach(
        (name, value) ->
            filter
                .append("<init-param><param-name>" + name + "</param-name>")
                .append("<param-value>" + value + "</param-value></init-param>"));
    filter.append("</filter><filter-mapping><filter-name>latchkey</filter-name>");
    filter.append("<url-pattern>" + pattern + "</url-pattern>");
    for (String dispatcher : new String[] {"REQUEST", "ASYNC", "ERROR"}) {
      filter.append("<dispatcher>" + dispatcher + "</dispatcher>");
    }
    return head + filter + "</filter-mapping>" + xml + "</web-app>";
  }
}
