package dev.latchkey.filter.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardCopyOption;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/** One Tomcat with the same application twice: {@code /with} the filter and {@code /without}. */
final class BenchServer implements AutoCloseable {
  private final Tomcat tomcat = new Tomcat();
  private final Connector connector = new Connector("HTTP/1.1");

  private BenchServer() {}

  static BenchServer start(Path folder, Path filter, String config)
      throws IOException, LifecycleException {
    BenchServer server = new BenchServer();
    server.tomcat.setBaseDir(folder.toString());
    server.tomcat.setAddDefaultWebXmlToWebapp(false); // It would look for a servlet of JSP's.
    server.connector.setPort(0);
    server.connector.setProperty("address", InetAddress.getLoopbackAddress().getHostAddress());
    // One connection for all requests of a round.
    server.connector.setProperty("maxKeepAliveRequests", "-1");
    server.tomcat.setConnector(server.connector);
    server.deploy(folder.resolve("without"), "");
    Path with = folder.resolve("with");
    Files.createDirectories(with.resolve("WEB-INF/lib"));
    Files.copy(filter, with.resolve("WEB-INF/lib/filter.jar"), StandardCopyOption.REPLACE_EXISTING);
    server.deploy(with, filterXml(config));
    server.tomcat.start();
    return server;
  }

  int port() {
    return connector.getLocalPort();
  }

  private void deploy(Path folder, String filter) throws IOException {
    Files.createDirectories(folder.resolve("WEB-INF"));
    String xml =
        "<web-app xmlns='https://jakarta.ee/xml/ns/jakartaee' version='5.0'>"
            + filter
            + "<servlet><servlet-name>hello</servlet-name><servlet-class>"
            + HelloServlet.class.getName()
            + "</servlet-class></servlet><servlet-mapping><servlet-name>hello</servlet-name>"
            + "<url-pattern>/hello</url-pattern></servlet-mapping></web-app>";
    Files.write(folder.resolve("WEB-INF/web.xml"), xml.getBytes(UTF_8));
    tomcat.addWebapp("/" + folder.getFileName(), Paths.get("").resolve(folder).toString());
  }

  private static String filterXml(String config) {
    return "<filter><filter-name>latchkey</filter-name>"
        + "<filter-class>dev.latchkey.filter.LatchkeyFilter</filter-class>"
        + parameter("config", config)
        + parameter("user", "session:user")
        + parameter("login-path", "/login")
        + parameter("login-json", "true")
        + "</filter><filter-mapping><filter-name>latchkey</filter-name>"
        + "<url-pattern>/*</url-pattern></filter-mapping>";
  }

  private static String parameter(String name, String value) {
    return "<init-param><param-name>"
        + name
        + "</param-name><param-value>"
        + value
        + "</param-value></init-param>";
  }

  @Override
  public void close() throws LifecycleException {
    tomcat.stop();
    tomcat.destroy();
  }
}
