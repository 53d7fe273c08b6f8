package dev.latchkey.filter.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** WildFly; it deploys when a file beside the application asks for it. */
final class WildFly implements Distribution {
  @Override
  public void prepare(Path home, Path base, int port) throws IOException {
    Path standalone = home.resolve("standalone");
    try (Stream<Path> files = Files.walk(standalone)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path copy = base.resolve(standalone.relativize(file).toString());
        if (Files.isDirectory(file)) Files.createDirectories(copy);
        else Files.copy(file, copy);
      }
    }
  }

  @Override
  public Path application(Path base) {
    return base.resolve("deployments/app.war");
  }

  @Override
  public void deploy(Path base) throws IOException {
    Files.write(base.resolve("deployments/app.war.dodeploy"), new byte[0]);
  }

  /** As standalone.sh does it, but that it needs no shell. */
  @Override
  public List<String> command(Path home, Path base, int port) {
    return Arrays.asList(
        "--add-exports=java.desktop/sun.awt=ALL-UNNAMED",
        "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED",
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
        "--add-opens=java.base/java.io=ALL-UNNAMED",
        "--add-opens=java.base/java.security=ALL-UNNAMED",
        "--add-opens=java.base/java.util=ALL-UNNAMED",
        "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
        "-Djboss.modules.system.pkgs=org.jboss.byteman",
        "-Djboss.home.dir=" + home,
        "-Djboss.server.base.dir=" + base,
        "-Djboss.http.port=" + port,
        "-Djboss.management.http.port=0",
        "-Djboss.https.port=0",
        "-Djava.net.preferIPv4Stack=true",
        "-Dorg.jboss.boot.log.file=" + base.resolve("log/server.log"),
        "-Dlogging.configuration=" + base.resolve("configuration/logging.properties").toUri(),
        "-jar",
        home.resolve("jboss-modules.jar").toString(),
        "-mp",
        home.resolve("modules").toString(),
        "org.jboss.as.standalone",
        "-b",
        "127.0.0.1",
        "-bmanagement",
        "127.0.0.1");
  }
}
