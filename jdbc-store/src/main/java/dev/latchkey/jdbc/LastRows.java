package dev.latchkey.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.core.crypto.Sealer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * What the embedded table held when it was last closed in order, in a small file beside it, its
 * secrets sealed as in the table. It counts while the database's file is as it was then and nobody
 * has it open; whoever connects takes it away, and what is about to become it, too. Safe for use by
 * many threads and processes.
 */
final class LastRows {
  static final String FILE = "keys.rows";

  private static final String FORMAT = "latchkey-rows-1";

  private final Path folder;
  private final Path database;
  private final Path lock;
  private final Path file;
  private volatile boolean openHere;

  private LastRows(Path folder) {
    this.folder = folder;
    database = folder.resolve(H2Database.NAME + ".mv.db");
    lock = folder.resolve(H2Database.NAME + ".lock.db");
    file = folder.resolve(FILE);
  }

  /** Those of our database in that folder. */
  static LastRows in(Path folder) {
    return new LastRows(folder);
  }

  /** What is known now without opening the database; null for nothing. */
  @Nullable RowSnapshot read(Supplier<Sealer> sealer) {
    try {
      if (!Files.exists(file)) return null;
      String text = new String(Files.readAllBytes(file), UTF_8);
      int end = text.indexOf('\n');
      if (end < 0) return null;
      String body = text.substring(end + 1);
      boolean holds = text.substring(0, end).equals(head(body)) && !Files.exists(lock);
      return holds ? RowSnapshot.of(body, sealer.get()) : null;
    } catch (IOException e) {
      return null; // The table is there to be asked.
    }
  }

  /**
   * Somebody is connected, and may change the table from now on.
   *
   * @param here whether this process has the database's file open, not another one for it
   */
  void connected(boolean here) {
    openHere = here;
    File[] all = folder.toFile().listFiles((dir, name) -> name.startsWith(FILE));
    if (all == null) return;
    for (File one : all) one.delete(); // One that stays holds no more once a row is changed.
  }

  /** Whether this process has the database's file open, as far as is known. */
  boolean isOpenHere() {
    return openHere;
  }

  /** A place for rows to come: to be had before they are read, and gone if anybody connects. */
  Path begin() throws IOException {
    return Files.createTempFile(folder, FILE, ".next"); // Its owner's alone.
  }

  /** Keeps what the database held when it was closed just now, unless anybody has connected. */
  void keep(Path begun, String body) throws IOException {
    byte[] text = (head(body) + '\n' + body).getBytes(UTF_8);
    Files.write(begun, text, StandardOpenOption.WRITE);
    if (!Files.exists(lock)) Files.move(begun, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Names the state of the database's file, and what follows. */
  private String head(String body) throws IOException {
    CRC32 sum = new CRC32();
    byte[] bytes = body.getBytes(UTF_8);
    sum.update(bytes, 0, bytes.length);
    return FORMAT + " " + state() + " " + Long.toHexString(sum.getValue());
  }

  /**
   * Its file is not opened for that: where a process closes any file, its POSIX locks on the same
   * file are gone, H2's among them.
   */
  private String state() throws IOException {
    BasicFileAttributes of = Files.readAttributes(database, BasicFileAttributes.class);
    return of.size() + " " + of.lastModifiedTime().to(TimeUnit.MICROSECONDS) + " " + of.fileKey();
  }
}
