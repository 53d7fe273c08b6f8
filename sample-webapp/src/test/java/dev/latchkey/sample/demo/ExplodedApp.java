package dev.latchkey.sample.demo;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.stream.Stream;
import org.apache.catalina.LifecycleException;

/**
 * The application as it lies in the sources, before anybody added Latchkey's filter to it: for
 * tests that run before there is a WAR.
 */
final class ExplodedApp {
  private static final Path PAGES = Paths.get("src", "main", "webapp");
  private static final String FILTER = "(?s)<!-- Latchkey: .*<!-- The application's own. -->";

  private ExplodedApp() {}

  /** Serves the pages with the classes of this test's own class path. */
  static WebServer serve(Path folder) throws IOException, LifecycleException {
    Path copy = folder.resolve("application");
    try (Stream<Path> files = Files.walk(PAGES)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, copy.resolve(PAGES.relativize(file).toString()));
      }
    }
    Path xml = copy.resolve("WEB-INF/web.xml");
    String text = new String(Files.readAllBytes(xml), StandardCharsets.UTF_8);
    Files.write(xml, text.replaceFirst(FILTER, "").getBytes(StandardCharsets.UTF_8));
    return WebServer.start(copy.toFile(), new File(folder.toFile(), "tomcat"));
  }
}
