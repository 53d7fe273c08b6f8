package dev.latchkey.filter.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Jetty 9.4 and 12; it deploys again when an application's descriptor was touched. */
final class Jetty implements Distribution {
  private final String deployer;

  Jetty(String deployer) {
    this.deployer = deployer;
  }

  @Override
  public void prepare(Path home, Path base, int port) throws IOException {
    Files.createDirectories(base.resolve("webapps"));
    Files.createDirectories(base.resolve("temp"));
    String modules = "--module=server\n--module=http\n--module=" + deployer + "\n";
    Files.write(base.resolve("start.ini"), modules.getBytes(UTF_8));
  }

  @Override
  public Path application(Path base) {
    return base.resolve("application");
  }

  @Override
  public void deploy(Path base) throws IOException {
    Path descriptor = base.resolve("webapps/app.xml");
    boolean old = deployer.equals("deploy");
    String type =
        old
            ? "org.eclipse.jetty.webapp.WebAppContext"
            : "org.eclipse.jetty.ee10.webapp.WebAppContext";
    String xml =
        "<?xml version='1.0'?>"
            + "<!DOCTYPE Configure PUBLIC '-//Jetty//Configure//EN'"
            + " 'https://jetty.org/configure_10_0.dtd'>"
            + ("<Configure class='" + type + "'><Set name='contextPath'>/app</Set>")
            + ("<Set name='war'>" + application(base) + "</Set></Configure>");
    Instant time =
        Files.exists(descriptor)
            ? Files.getLastModifiedTime(descriptor).toInstant().plusSeconds(2)
            : Instant.now();
    // In one move: a scan between writing and setting the time would deploy twice.
    Path written = Files.write(base.resolve("app.xml"), xml.getBytes(UTF_8));
    Files.setLastModifiedTime(written, FileTime.from(time));
    Files.move(written, descriptor, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public List<String> command(Path home, Path base, int port) {
    return Arrays.asList(
        "-Djava.io.tmpdir=" + base.resolve("temp"),
        "-Djetty.base=" + base,
        "-jar",
        home.resolve("start.jar").toString(),
        "jetty.http.host=127.0.0.1",
        "jetty.http.port=" + port,
        "jetty.deploy.scanInterval=1");
  }
}
