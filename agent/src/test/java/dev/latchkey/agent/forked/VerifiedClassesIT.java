package dev.latchkey.agent.forked;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.agent.contract.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/**
 * The build rewrites classes of ours and of the libraries; the JVM's verifier sees each of them,
 * also those that no other test comes by.
 */
final class VerifiedClassesIT {
  private static final String END = ".classdata";

  /** What the build rewrites most of, and of which nothing is left out. */
  private static final String WHOLE = "(dev\\.latchkey|org\\.h2\\.command|com\\.zaxxer)\\..*";

  @Test
  void everyClassOfTheAgentPassesTheVerifier() throws IOException {
    Classes classes = new Classes(files());
    List<String> refused = new ArrayList<>();
    int linked = 0;
    for (String name : classes.files.keySet()) {
      String fault = classes.link(name);
      if (fault == null) linked++;
      else if (!fault.isEmpty()) refused.add(fault);
    }
    assertThat(refused).isEmpty();
    assertThat(linked).as("of " + classes.files.size()).isGreaterThan(4_000);
  }

  private static Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    try (JarFile jar = new JarFile(Fork.agent());
        ZipInputStream in =
            new ZipInputStream(jar.getInputStream(jar.getEntry("inst/classes.zip")))) {
      for (ZipEntry entry; (entry = in.getNextEntry()) != null; ) {
        String file = entry.getName();
        // The bridge belongs to the boot loader, where it is defined on each Java by other tests.
        if (!file.endsWith(END) || file.startsWith("java/")) continue;
        String type = file.substring(0, file.length() - END.length()).replace('/', '.');
        files.put(type, Bytes.all(in));
      }
    }
    return files;
  }

  private static final class Classes extends ClassLoader {
    private final Map<String, byte[]> files;

    Classes(Map<String, byte[]> files) {
      super(ClassLoader.getSystemClassLoader().getParent());
      this.files = files;
    }

    /** Null if it was linked; empty where it needs what the agent leaves out. */
    String link(String name) {
      try {
        loadClass(name).getDeclaredMethods(); // Links it, and runs nothing of it.
        return null;
      } catch (NoClassDefFoundError | ClassNotFoundException e) {
        String missing = String.valueOf(e.getMessage()).replace('/', '.');
        boolean ours = files.containsKey(missing) || missing.matches(WHOLE);
        return ours || missing.contains("wrong name") ? name + ": " + e : "";
      } catch (LinkageError e) {
        return name + ": " + e;
      }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] file = files.get(name);
      if (file == null) throw new ClassNotFoundException(name);
      return defineClass(name, file, 0, file.length);
    }
  }
}
