package dev.latchkey.sample.demo;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.scan.StandardJarScanner;

/**
 * Tomcat with one WAR on a free loopback port: {@code WebServer WAR FOLDER}.
 *
 * <p>As a program it prints {@code PORT n} when it serves, and stops when its standard input ends:
 * that is how it follows a parent that was killed.
 */
final class WebServer implements AutoCloseable {
  static final String READY = "PORT ";

  private final Tomcat tomcat;
  private final Connector connector;

  private WebServer(Tomcat tomcat, Connector connector) {
    this.tomcat = tomcat;
    this.connector = connector;
  }

  /**
   * Deploys a WAR, or an unpacked one, at the root and starts serving it.
   *
   * @throws IllegalStateException if the application did not start; Tomcat's log says why
   */
  static WebServer start(File war, File folder) throws LifecycleException {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder.getPath());
    new File(folder, "webapps").mkdirs();
    Connector connector = new Connector("HTTP/1.1");
    connector.setPort(0);
    connector.setProperty("address", InetAddress.getLoopbackAddress().getHostAddress());
    tomcat.setConnector(connector);
    Context context = deploy(tomcat, war);
    tomcat.start();
    if (!context.getState().isAvailable()) {
      throw new IllegalStateException("the application did not start: " + war);
    }
    return new WebServer(tomcat, connector);
  }

  /** Without Tomcat's default web.xml, which wants a JSP compiler; style sheets are served. */
  private static Context deploy(Tomcat tomcat, File war) {
    tomcat.setAddDefaultWebXmlToWebapp(false);
    ContextConfig config = new ContextConfig();
    config.setDefaultWebXml(tomcat.noDefaultWebXmlPath());
    Context context = tomcat.addWebapp(tomcat.getHost(), "", war.getAbsolutePath(), config);
    // Nothing in its jars wants to be found, and looking takes a second.
    StandardJarScanner scanner = (StandardJarScanner) context.getJarScanner();
    scanner.setJarScanFilter((type, name) -> false);
    Tomcat.addServlet(context, "files", new DefaultServlet());
    context.addServletMappingDecoded("/", "files");
    context.addMimeMapping("css", "text/css");
    return context;
  }

  int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() {
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException e) {
      throw new IllegalStateException("Tomcat did not stop: " + e.getMessage(), e);
    }
  }

  /** Serves until standard input ends. */
  public static void main(String[] args) throws LifecycleException, IOException {
    try (WebServer server = start(new File(args[0]), new File(args[1]))) {
      System.out.println(READY + server.port());
      while (System.in.read() >= 0) {
        // Whatever is said, only the end of it counts.
      }
    }
    System.exit(0); // An application's stray threads shall not keep the demo waiting.
  }
}
