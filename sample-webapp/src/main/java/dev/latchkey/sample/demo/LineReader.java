package dev.latchkey.sample.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A daemon thread that copies a process's output to a file and shows each line to somebody. */
final class LineReader implements Runnable {
  private final InputStream in;
  private final Path file;
  private final Consumer<String> lines;
  private final Runnable end;

  private LineReader(InputStream in, Path file, Consumer<String> lines, Runnable end) {
    this.in = in;
    this.file = file;
    this.lines = lines;
    this.end = end;
  }

  /** Reads until the output ends, and then says so. */
  static void start(InputStream in, Path file, Consumer<String> lines, Runnable end) {
    Thread thread =
        new Thread(new LineReader(in, file, lines, end), "reader of " + file.getFileName());
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void run() {
    try (BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        Writer copy = Files.newBufferedWriter(file)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        copy.write(line + System.lineSeparator());
        copy.flush();
        lines.accept(line);
      }
    } catch (IOException e) {
      // The process has ended in the middle of a line; what came before it is in the file.
    } finally {
      end.run();
    }
  }
}
