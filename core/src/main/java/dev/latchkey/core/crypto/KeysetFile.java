package dev.latchkey.core.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** The keyset's file: who may read it, and how it comes to be. */
final class KeysetFile {
  private static final int LONGEST = 100_000;
  private static final Set<PosixFilePermission> REFUSED =
      EnumSet.of(
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.GROUP_WRITE);

  private KeysetFile() {}

  static String readOrMake(Path file, Supplier<String> maker) {
    try {
      if (!Files.exists(file)) make(file, maker);
      refuseIfOpenToOthers(file);
      return read(file);
    } catch (IOException e) {
      throw new KeysetException(
          "the keyset file "
              + file
              + " cannot be read or made ("
              + e
              + "). Let this process's user"
              + " read it, or set encryption.keyset-file to a place it may write",
          e);
    }
  }

  /**
   * Writes a temporary file and links it under its name: a link appears whole or not at all, and
   * never replaces what is there.
   */
  private static void make(Path file, Supplier<String> maker) throws IOException {
    Path folder = folder(file);
    Files.createDirectories(folder, owned(folder, "rwx------"));
    Path temporary = folder.resolve("." + file.getFileName() + "." + UUID.randomUUID());
    byte[] content = maker.get().getBytes(UTF_8);
    write(temporary, content);
    try {
      Files.createLink(file, temporary);
    } catch (FileAlreadyExistsException e) {
      // Another process was first: its keyset is the one.
    } catch (UnsupportedOperationException | FileSystemException e) {
      writeUnlessThere(file, content);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** For file systems without links; a crash in between leaves a file that reads as no keyset. */
  private static void writeUnlessThere(Path file, byte[] content) throws IOException {
    try {
      write(file, content);
    } catch (FileAlreadyExistsException e) {
      // Another process was first.
    }
  }

  private static void write(Path file, byte[] content) throws IOException {
    Set<StandardOpenOption> options =
        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    FileAttribute<?>[] mode = owned(folder(file), "rw-------");
    try (FileChannel channel = FileChannel.open(file, options, mode)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) channel.write(buffer);
      channel.force(true);
    }
  }

  private static Path folder(Path file) {
    return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file lies in a folder");
  }

  private static FileAttribute<?>[] owned(Path near, String mode) {
    boolean posix = near.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (!posix) return new FileAttribute<?>[0];
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
    };
  }

  private static void refuseIfOpenToOthers(Path file) throws IOException {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (!posix) return;
    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file, new LinkOption[0]);
    for (PosixFilePermission refused : REFUSED) {
      if (mode.contains(refused)) throw openToOthers(file, mode);
    }
  }

  private static KeysetException openToOthers(Path file, Set<PosixFilePermission> mode) {
    return new KeysetException(
        "the keyset file must not be readable by others, nor writable by group or others: "
            + file
            + " has mode "
            + PosixFilePermissions.toString(mode)
            + ". Run: chmod 600 "
            + file
            + " (a mounted Kubernetes secret: defaultMode 0400)",
        null);
  }

  private static String read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) throw new NoSuchFileException(file + " is no regular file");
    long size = Files.size(file);
    if (size > LONGEST) {
      throw new KeysetException(
          "a keyset file has at most " + LONGEST + " bytes: " + file + " has " + size, null);
    }
    return new String(Files.readAllBytes(file), UTF_8);
  }
}
