package dev.latchkey.agent.bench;

import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A Tomcat 9 with one tiny application, started in a JVM of its own. */
final class Tomcat {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(90);

  private final Path home;
  private final Path base;

  private Tomcat(Path home, Path base) {
    this.home = home;
    this.base = base;
  }

  /** Lays out a server below {@code folder} whose application is this servlet. */
  static Tomcat with(Path folder, Class<?> servlet) throws IOException {
    Tomcat tomcat = new Tomcat(new File(System.getProperty("bench.tomcat")).toPath(), folder);
    Path classes = folder.resolve("webapps/ROOT/WEB-INF/classes");
    Path libraries = Files.createDirectories(folder.resolve("webapps/ROOT/WEB-INF/lib"));
    for (String name : new String[] {"conf", "temp", "logs", "work"}) {
      Files.createDirectories(folder.resolve(name));
    }
    for (File jar : files(new File(System.getProperty("bench.libraries")))) {
      copy(jar.toPath(), libraries.resolve(jar.getName()));
    }
    String path = servlet.getName().replace('.', '/') + ".class";
    Files.createDirectories(classes.resolve(path).getParent());
    try (java.io.InputStream in = servlet.getResourceAsStream("/" + path)) {
      Files.copy(in, classes.resolve(path), StandardCopyOption.REPLACE_EXISTING);
    }
    write(
        folder.resolve("webapps/ROOT/WEB-INF/web.xml"),
        "<web-app version='4.0'><servlet><servlet-name>a</servlet-name><servlet-class>"
            + servlet.getName()
            + "</servlet-class></servlet><servlet-mapping><servlet-name>a</servlet-name>"
            + "<url-pattern>/</url-pattern></servlet-mapping></web-app>");
    copy(tomcat.home.resolve("conf/web.xml"), folder.resolve("conf/web.xml"));
    copy(tomcat.home.resolve("conf/logging.properties"), folder.resolve("conf/logging.properties"));
    return tomcat;
  }

  private static File[] files(File folder) {
    File[] files = folder.listFiles();
    if (files == null) throw new IllegalStateException("no such folder: " + folder);
    return files;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void write(Path file, String text) throws IOException {
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Milliseconds from the start of the JVM until the application's first answer. */
  Start start(Jdk jdk, List<String> flags) throws IOException, InterruptedException {
    int port = freePort();
    write(
        base.resolve("conf/server.xml"),
        "<Server port='-1'><Service name='s'><Connector address='127.0.0.1' port='"
            + port
            + "'/><Engine name='e' defaultHost='h'><Host name='h' appBase='webapps'/></Engine>"
            + "</Service></Server>");
    File log = base.resolve("logs/out.txt").toFile();
    long begun = System.nanoTime();
    Process process =
        new ProcessBuilder(command(jdk, flags))
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
    try {
      awaitAnswer(new URL("http://127.0.0.1:" + port + "/"), process, begun, log);
      return new Start((System.nanoTime() - begun) / 1e6, Start.cpuMillis(process));
    } finally {
      process.destroy();
      if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly();
    }
  }

  private List<String> command(Jdk jdk, List<String> flags) {
    List<String> command = new ArrayList<>();
    command.add(jdk.java());
    command.addAll(flags);
    command.add("-Djava.util.logging.config.file=" + base.resolve("conf/logging.properties"));
    command.add("-Djava.util.logging.manager=org.apache.juli.ClassLoaderLogManager");
    command.add("-Dcatalina.home=" + home);
    command.add("-Dcatalina.base=" + base);
    command.add("-Djava.io.tmpdir=" + base.resolve("temp"));
    command.add("-cp");
    command.add(home.resolve("bin/bootstrap.jar") + ":" + home.resolve("bin/tomcat-juli.jar"));
    command.add("org.apache.catalina.startup.Bootstrap");
    command.add("start");
    return command;
  }

  private static void awaitAnswer(URL url, Process process, long begun, File log)
      throws IOException {
    while (System.nanoTime() - begun < PATIENCE_NANOS && process.isAlive()) {
      if (answers(url)) return;
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(3));
    }
    throw new IllegalStateException(
        "no answer from Tomcat; it said: "
            + new String(Files.readAllBytes(log.toPath()), StandardCharsets.UTF_8));
  }

  private static boolean answers(URL url) {
    try {
      HttpURLConnection connection = (HttpURLConnection) url.openConnection();
      connection.setReadTimeout(60_000);
      return connection.getResponseCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
