package dev.latchkey.core.sync;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A key file: one key, or for a pool one key a line; blank lines and lines that start with {@code
 * #} do not count. A file that everybody can write is refused: whoever writes it would receive our
 * calls.
 */
final class KeyFile {
  static final int LARGEST = 64 * 1024;

  private KeyFile() {}

  /**
   * The lines that may be keys; empty if there is no such file.
   *
   * @throws Refused if the file is there and must not be used
   */
  static List<String> read(Path file) throws Refused {
    if (!Files.exists(file)) return new ArrayList<>();
    try {
      refuseUnsafe(file);
      return lines(file, decode(file, bytes(file)));
    } catch (IOException e) {
      throw new Refused(file + " cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private static void refuseUnsafe(Path file) throws IOException, Refused {
    if (!Files.isRegularFile(file)) throw new Refused(file + " is not a regular file");
    if (Files.size(file) > LARGEST) {
      throw new Refused(
          file + " has " + Files.size(file) + " bytes, a key file at most " + LARGEST);
    }
    if (isWritableByOthers(file)) {
      throw new Refused(file + " can be written by others; chmod 600 it");
    }
  }

  private static boolean isWritableByOthers(Path file) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) return false;
    // The group may: where each user has a group of his own, files are made rw-rw-r-- by default.
    return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_WRITE);
  }

  private static byte[] bytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[LARGEST];
      int length = 0;
      for (int n; length < LARGEST && (n = in.read(buffer, length, LARGEST - length)) > 0; ) {
        length += n;
      }
      return Arrays.copyOf(buffer, length);
    }
  }

  private static String decode(Path file, byte[] bytes) throws Refused {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new Refused(file + " is not a text file");
    }
  }

  private static List<String> lines(Path file, String text) throws Refused {
    List<String> lines = new ArrayList<>();
    for (String line : text.split("\\R")) {
      String trimmed = line.startsWith("\uFEFF") ? line.substring(1).trim() : line.trim();
      if (!trimmed.isEmpty() && !trimmed.startsWith("#")) lines.add(trimmed);
    }
    if (lines.isEmpty()) throw new Refused(file + " is blank");
    return lines;
  }

  /** Why a key file must not be used; names the file, never its content. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }
  }
}
