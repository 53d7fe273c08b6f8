package dev.latchkey.agent.bench;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * An agent that stops the time: put before another one and after it, it tells what lies between.
 */
public final class Stamp {
  private static long begun;

  private Stamp() {}

  /** Called by the JVM; {@code begin} or {@code end}. */
  public static void premain(String argument) {
    if (argument.equals("begin")) begun = System.nanoTime();
    else System.out.println("premain " + (System.nanoTime() - begun));
  }

  /** Writes this class as an agent's jar. */
  static File jar(File folder) throws IOException {
    File jar = new File(folder, "stamp.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", Stamp.class.getName());
    String path = Stamp.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar.toPath()), manifest);
        InputStream in = Stamp.class.getResourceAsStream("/" + path)) {
      out.putNextEntry(new JarEntry(path));
      byte[] buffer = new byte[4096];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) out.write(buffer, 0, n);
    }
    return jar;
  }
}
