package dev.latchkey.agent.build;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Takes out of H2 what costs each start and serves nobody here: see RATIONALE.md. */
final class Lighter {
  private static final String RESOURCES = "org/h2/util/data.zip";
  private static final String SERVER = "org/h2/server/TcpServer.class";

  /** Its messages, and what its statement HELP and its metadata read. */
  private static final String TEXTS = "org/h2/res/(_messages_.*|help\\.csv)";

  private Lighter() {}

  /**
   * Changes the files of a jar, by their names.
   *
   * @throws IllegalArgumentException if H2 is not as it was when this was written
   */
  static void make(Map<String, byte[]> files) throws IOException {
    // It makes a second database, in memory, where those who know its password stop the server.
    files.computeIfPresent(
        SERVER,
        (name, file) -> Emptied.of(file, "initManagementDb", "addConnection", "removeConnection"));
    byte[] resources = files.remove(RESOURCES);
    if (resources != null) unpack(resources, files);
    if (!files.containsKey("org/h2/res/_messages_en.prop")) {
      throw new IllegalArgumentException("H2's messages are not in " + RESOURCES + " any more");
    }
  }

  /** Its texts as files: packed, all its web console is read before them. */
  private static void unpack(byte[] resources, Map<String, byte[]> files) throws IOException {
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(resources))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (entry.getName().matches(TEXTS)) files.put(entry.getName(), ClassesZip.bytes(in));
      }
    }
  }
}
