package dev.latchkey.agent.bench;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A JVM that runs a {@link CallLoop}, and the pipes to it. */
final class CallingJvm {
  private final Process process;
  private final PrintStream in;
  private final BufferedReader out;

  private CallingJvm(Process process) {
    this.process = process;
    in = new PrintStream(process.getOutputStream(), true);
    out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
  }

  /** The ways are who sets the key, a blank, and the URL. */
  static CallingJvm start(List<String> flags, String client, String... ways) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(flags);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(CallLoop.class.getName());
    command.add(client);
    for (String way : ways) command.addAll(Arrays.asList(way.split(" ")));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    return new CallingJvm(builder.start());
  }

  Way way(int index) {
    return new Way(index);
  }

  /** One of the ways in which the JVM makes its calls. Closing one of them ends the JVM. */
  final class Way implements Closeable {
    private final int index;

    private Way(int index) {
      this.index = index;
    }

    /** Nanoseconds and bytes. */
    double[] calls(int times) throws IOException {
      in.println(index + " " + times);
      String line = out.readLine();
      if (line == null) throw new IOException("the calling JVM has ended; see its output above");
      String[] figures = line.split(" ");
      return new double[] {Double.parseDouble(figures[0]), Double.parseDouble(figures[1])};
    }

    @Override
    public void close() {
      process.destroy();
    }
  }
}
