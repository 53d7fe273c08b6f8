package dev.latchkey.sample.demo;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.Paths;
import org.apache.catalina.LifecycleException;

/** The application as it lies in the sources, for tests that run before there is a WAR. */
final class ExplodedApp {
  private static final Path PAGES = Paths.get("src", "main", "webapp");

  private ExplodedApp() {}

  /** Serves the pages with the classes of this test's own class path. */
  static WebServer serve(File folder) throws IOException, LifecycleException {
    return WebServer.start(PAGES.toFile(), folder);
  }
}
