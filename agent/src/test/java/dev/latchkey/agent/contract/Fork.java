package dev.latchkey.agent.contract;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A JVM with {@link ForkMain} in it, with the packaged agent or without. */
final class Fork implements AutoCloseable {
  private static final List<String> QUICK =
      Arrays.asList("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private final Process process;
  private final Path errors;
  private final int port;

  private Fork(Process process, Path errors, int port) {
    this.process = process;
    this.errors = errors;
    this.port = port;
  }

  /**
   * Starts one.
   *
   * @param flag the agent's flag; null for a JVM without it
   */
  static Fork start(String javaHome, Subject subject, Path folder, @Nullable String flag)
      throws IOException {
    Files.createDirectories(folder);
    Path errors = folder.resolve(flag == null ? "without-agent.log" : "agent.log");
    List<String> command = new ArrayList<>(QUICK);
    command.add(0, javaHome + "/bin/java");
    if (flag != null) command.add(flag);
    command.addAll(Arrays.asList("-cp", classes(), ForkMain.class.getName(), subject.driver()));
    for (File jar : subject.jars()) command.add(jar.getAbsolutePath());
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    String port = new BufferedReader(new InputStreamReader(process.getInputStream())).readLine();
    if (port == null) throw new IllegalStateException("the JVM did not start: see " + errors);
    return new Fork(process, errors, Integer.parseInt(port));
  }

  /** Asks; exceptions of the client come as {@link RemoteFault}. */
  Object ask(Object... question) throws Exception {
    try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port);
        ObjectOutputStream out = new ObjectOutputStream(socket.getOutputStream())) {
      out.writeObject(question);
      out.flush();
      Object answer = new ObjectInputStream(socket.getInputStream()).readObject();
      if (answer instanceof RemoteFault) throw (RemoteFault) answer;
      return ((Object[]) answer)[0];
    }
  }

  /** What the JVM wrote to its standard error. */
  String errors() throws IOException {
    return Bytes.text(Files.readAllBytes(errors));
  }

  @Override
  public void close() throws Exception {
    process.getOutputStream().close();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("a JVM with " + errors + " did not end by itself");
    }
  }

  private static String classes() {
    return new File(Fork.class.getProtectionDomain().getCodeSource().getLocation().getPath())
        .getAbsolutePath();
  }
}
