package dev.latchkey.agent;

import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * A zip file, or one that lies uncompressed inside another, as our own build makes them: names in
 * ASCII and in order, no folders, no comment, no encryption, below 2 GiB, before each file what the
 * list says of it. Its list of files stays in memory as it is in the file; opening makes no object
 * for any of them: see RATIONALE.md, "Why does the agent read its jar itself?". Safe for use by
 * many threads.
 */
final class Archive {
  private static final int END = 0x06054b50;
  private static final int END_LENGTH = 22;
  private static final int LISTED = 0x02014b50;
  private static final int LISTED_LENGTH = 46;
  private static final int FILE_LENGTH = 30;

  private final RandomAccessFile file;
  private final long start;
  private final byte[] list;
  private final int[] entries;

  private Archive(RandomAccessFile file, long start, byte[] list, int[] entries) {
    this.file = file;
    this.start = start;
    this.list = list;
    this.entries = entries;
  }

  /** Opens a file, which stays open for good. */
  static Archive open(File file) throws IOException {
    RandomAccessFile opened = new RandomAccessFile(file, "r");
    try {
      return at(opened, 0, opened.length());
    } catch (IOException e) {
      opened.close();
      throw e;
    }
  }

  /** The archive that lies in this one under that name. */
  Archive inner(String name) throws IOException {
    for (int entry : entries) {
      if (compare(entry, name) == 0) return at(file, begin(entry), number(list, entry + 20));
    }
    throw new IOException("the agent's jar lacks " + name + "; put the original file back");
  }

  private static Archive at(RandomAccessFile file, long start, long length) throws IOException {
    byte[] end = bytes(file, start + length - END_LENGTH, END_LENGTH);
    if (number(end, 0) != END) throw broken();
    byte[] list = bytes(file, start + number(end, 16), number(end, 12));
    int[] entries = new int[shortNumber(end, 10)];
    int at = 0;
    for (int i = 0; i < entries.length; i++) {
      entries[i] = at;
      at += LISTED_LENGTH + shortNumber(list, at + 28);
      at += shortNumber(list, entries[i] + 30) + shortNumber(list, entries[i] + 32);
    }
    if (at != list.length) throw broken();
    return new Archive(file, start, list, entries);
  }

  boolean contains(String name) {
    return find(name) >= 0;
  }

  /** A file's bytes; null if there is no file of that name. */
  byte @Nullable [] read(String name) throws IOException {
    int entry = find(name);
    if (entry < 0) return null;
    byte[] stored = bytes(file, begin(entry), number(list, entry + 20));
    boolean compressed = shortNumber(list, entry + 10) != 0;
    return compressed ? inflated(stored, number(list, entry + 24)) : stored;
  }

  /** Where the list tells of it; negative if it does not. */
  private int find(String name) {
    int low = 0;
    int high = entries.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = compare(entries[middle], name);
      if (order == 0) return entries[middle];
      if (order < 0) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  private int compare(int entry, String name) {
    int length = shortNumber(list, entry + 28);
    int common = Math.min(length, name.length());
    for (int i = 0; i < common; i++) {
      int order = (list[entry + LISTED_LENGTH + i] & 0xFF) - name.charAt(i);
      if (order != 0) return order;
    }
    return length - name.length();
  }

  /** Where a file's bytes begin: after its name, which stands before them once more. */
  private long begin(int entry) throws IOException {
    if (number(list, entry) != LISTED) throw broken();
    int told = shortNumber(list, entry + 28) + shortNumber(list, entry + 30);
    return start + number(list, entry + 42) + FILE_LENGTH + told;
  }

  private static byte[] bytes(RandomAccessFile file, long from, int length) throws IOException {
    if (from < 0 || length < 0) throw broken();
    byte[] bytes = new byte[length];
    try {
      // A FileChannel reads without a lock, but is closed when a thread that reads is interrupted.
      synchronized (file) {
        file.seek(from);
        file.readFully(bytes);
      }
    } catch (EOFException e) {
      throw broken();
    }
    return bytes;
  }

  private static byte[] inflated(byte[] compressed, int length) throws IOException {
    Inflater inflater = new Inflater(true);
    try {
      byte[] bytes = new byte[length];
      inflater.setInput(compressed);
      for (int done = 0; done < length; ) {
        int more = inflater.inflate(bytes, done, length - done);
        if (more == 0) throw broken();
        done += more;
      }
      return bytes;
    } catch (DataFormatException e) {
      throw broken();
    } finally {
      inflater.end();
    }
  }

  private static IOException broken() {
    return new IOException(
        "the agent's jar is damaged or was replaced while it was in use; put the original file"
            + " back and start again");
  }

  private static int shortNumber(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8;
  }

  private static int number(byte[] bytes, int at) {
    return shortNumber(bytes, at) | shortNumber(bytes, at + 2) << 16;
  }
}
