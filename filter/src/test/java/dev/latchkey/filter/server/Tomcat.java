package dev.latchkey.filter.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Tomcat 8.5 to 11; it deploys again when an application's web.xml was touched. */
final class Tomcat implements Distribution {
  private static final String SERVER =
      "<Server port='-1'><Service name='Catalina'>"
          + "<Connector port='%d' address='127.0.0.1' protocol='HTTP/1.1' maxThreads='20'/>"
          + "<Engine name='Catalina' defaultHost='localhost' backgroundProcessorDelay='1'>"
          + "<Host name='localhost' appBase='webapps' autoDeploy='true' deployOnStartup='true'/>"
          + "</Engine></Service></Server>";

  @Override
  public void prepare(Path home, Path base, int port) throws IOException {
    Files.createDirectories(base.resolve("conf"));
    Files.createDirectories(base.resolve("logs"));
    Files.createDirectories(base.resolve("temp"));
    Files.createDirectories(base.resolve("webapps"));
    Files.write(base.resolve("conf/server.xml"), String.format(SERVER, port).getBytes(UTF_8));
    for (String file : new String[] {"web.xml", "context.xml", "catalina.properties"}) {
      Files.copy(home.resolve("conf").resolve(file), base.resolve("conf").resolve(file));
    }
  }

  @Override
  public Path application(Path base) {
    return base.resolve("webapps/app");
  }

  @Override
  public void deploy(Path base) throws IOException {
    Path xml = application(base).resolve("WEB-INF/web.xml");
    Instant later = Files.getLastModifiedTime(xml).toInstant().plusSeconds(2);
    Files.setLastModifiedTime(xml, FileTime.from(later));
  }

  @Override
  public List<String> command(Path home, Path base, int port) {
    return Arrays.asList(
        "-Dcatalina.home=" + home,
        "-Dcatalina.base=" + base,
        "-Djava.io.tmpdir=" + base.resolve("temp"),
        "-cp",
        home.resolve("bin/bootstrap.jar") + ":" + home.resolve("bin/tomcat-juli.jar"),
        "org.apache.catalina.startup.Bootstrap",
        "start");
  }
}
