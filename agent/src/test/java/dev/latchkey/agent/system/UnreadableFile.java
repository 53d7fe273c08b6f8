package dev.latchkey.agent.system;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;

/** A file that looks readable and cannot be read, by nobody: root too gets an error. */
final class UnreadableFile {
  /** The reader's own memory; it begins with a page that no process has. */
  private static final Path MEMORY = Paths.get("/proc/self/mem");

  private UnreadableFile() {}

  /** One in that folder; skips the test where there is no such thing. */
  static Path in(Path folder) throws IOException {
    assumeTrue(Files.isReadable(MEMORY), "this system has no " + MEMORY);
    return Files.createSymbolicLink(folder.resolve("unreadable.yaml"), MEMORY);
  }
}
