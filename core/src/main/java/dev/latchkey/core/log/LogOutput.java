package dev.latchkey.core.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Where log lines go: the process's stderr, or a file. Each line is one write, so lines of many
 * threads and processes do not mix. Not {@code System.err}: an application server may have turned
 * that into its own logging. Safe for use by many threads.
 */
public final class LogOutput {
  private static volatile OutputStream out = new FileOutputStream(FileDescriptor.err);
  private static volatile Level level = Level.INFO;

  private LogOutput() {}

  /**
   * Takes over the settings {@code log.level} and {@code log.file}. A file that cannot be written
   * is told, and the lines stay where they went before.
   *
   * @param levelName {@code error}, {@code warn}, {@code info} or {@code debug}
   * @param file null for stderr
   */
  public static void configure(String levelName, @Nullable Path file) {
    level(levelName);
    if (file == null) return;
    try {
      toFile(file);
    } catch (IOException e) {
      LoggerFactory.getLogger("latchkey")
          .warn("log.file cannot be written, the log stays on stderr", e);
    }
  }

  /** Lets go of the file; lines go to stderr from now on. */
  public static void close() {
    OutputStream before = out;
    toStderr();
    try {
      if (!(before instanceof FileOutputStream)) before.close();
    } catch (IOException e) {
      // What was written is written; a file that does not close is gone with the process.
    }
  }

  /**
   * Writes to the end of this file from now on. A new file can be read by its owner only.
   *
   * @throws IOException if the file cannot be opened; lines go where they went before
   */
  static void toFile(Path file) throws IOException {
    create(file);
    out = Channels.newOutputStream(FileChannel.open(file, StandardOpenOption.APPEND));
  }

  static void toStderr() {
    out = new FileOutputStream(FileDescriptor.err);
  }

  /**
   * Shows this level and everything more important from now on; {@code info} at first.
   *
   * @param name {@code error}, {@code warn}, {@code info} or {@code debug}
   * @throws IllegalArgumentException for any other name
   */
  static void level(String name) {
    level = Level.valueOf(name.toUpperCase(Locale.ROOT));
  }

  static boolean shows(Level asked) {
    return asked.toInt() >= level.toInt();
  }

  static void line(String line) {
    try {
      out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException nowhereToSayIt) {
      // A full disk or a closed stderr is not the application's fault.
    }
  }

  private static void create(Path file) throws IOException {
    Set<StandardOpenOption> fresh =
        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      FileChannel.open(file, fresh, ownerOnly(file)).close();
    } catch (FileAlreadyExistsException asItIs) {
      // Its permissions are its owner's business.
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    boolean posix = Files.getFileAttributeView(file, PosixFileAttributeView.class) != null;
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
