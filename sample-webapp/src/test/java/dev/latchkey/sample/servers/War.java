package dev.latchkey.sample.servers;

import dev.latchkey.filter.server.ServerKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardCopyOption;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The application as the build packed it, in the form that a server takes. */
final class War {
  private War() {}

  static void unpack(ServerKind kind, Path folder) throws IOException {
    String name = kind.isJavax() ? "sample-webapp.war" : "sample-webapp-jakarta.war";
    Path war = Paths.get(System.getProperty("latchkey.test.wars", "target"), name);
    try (InputStream in = Files.newInputStream(war);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = folder.resolve(entry.getName());
        if (entry.isDirectory()) continue;
        Files.createDirectories(file.getParent());
        Files.copy(zip, file, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
