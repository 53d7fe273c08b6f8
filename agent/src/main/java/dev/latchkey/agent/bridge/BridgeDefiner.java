package dev.latchkey.agent.bridge;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Field;
import java.security.ProtectionDomain;
import java.util.function.BiConsumer;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Puts the bridge into the boot loader. The JVM prints a warning and loses its application class
 * data sharing when anything is appended to the boot class path, so the class is defined directly;
 * a tiny appended jar is what remains where that fails.
 */
public final class BridgeDefiner {
  // Rewritten with the class's own name when the agent is packaged.
  private static final String NAME = "dev.latchkey.agent.bridge.LatchkeyBridge";

  private static final String LOOKUP_DEFINER = "dev.latchkey.agent.bridge.LookupDefiner";

  private BridgeDefiner() {}

  /**
   * Defines the bridge; must run before any class that mentions it is linked.
   *
   * @param home the loader that holds the bridge's bytes as a resource
   * @throws Exception if neither way works
   */
  public static void define(Instrumentation instrumentation, ClassLoader home) throws Exception {
    byte[] bytes = bytes(home);
    if (!NAME.startsWith("java.lang.")) {
      append(instrumentation, bytes);
      return;
    }
    try {
      defineDirectly(instrumentation, bytes);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      append(instrumentation, bytes);
    }
    Class.forName(NAME, true, null);
  }

  private static void defineDirectly(Instrumentation instrumentation, byte[] bytes)
      throws ReflectiveOperationException {
    if (System.getProperty("java.specification.version", "").startsWith("1.")) {
      defineByUnsafe(bytes);
    } else {
      defineByLookup(instrumentation, bytes);
    }
  }

  // Java 8 has no other way to define a class in the boot loader.
  private static void defineByUnsafe(byte[] bytes) throws ReflectiveOperationException {
    Class<?> type = Class.forName("sun.misc.Unsafe");
    Field instance = type.getDeclaredField("theUnsafe");
    instance.setAccessible(true);
    type.getMethod(
            "defineClass",
            String.class,
            byte[].class,
            int.class,
            int.class,
            ClassLoader.class,
            ProtectionDomain.class)
        .invoke(instance.get(null), NAME, bytes, 0, bytes.length, null, null);
  }

  // Of a newer class version, so by name.
  @SuppressWarnings("unchecked") // It says so.
  private static void defineByLookup(Instrumentation instrumentation, byte[] bytes)
      throws ReflectiveOperationException {
    ((BiConsumer<Instrumentation, byte[]>)
            Class.forName(LOOKUP_DEFINER).getDeclaredConstructor().newInstance())
        .accept(instrumentation, bytes);
  }

  private static void append(Instrumentation instrumentation, byte[] bytes) throws IOException {
    File file = File.createTempFile("latchkey-bridge", ".jar");
    file.deleteOnExit();
    try (JarOutputStream jar = new JarOutputStream(new FileOutputStream(file))) {
      jar.putNextEntry(new JarEntry(NAME.replace('.', '/') + ".class"));
      jar.write(bytes);
    }
    instrumentation.appendToBootstrapClassLoaderSearch(new JarFile(file));
  }

  private static byte[] bytes(ClassLoader home) throws IOException {
    String resource = NAME.replace('.', '/') + ".class";
    try (InputStream in = home.getResourceAsStream(resource)) {
      if (in == null) throw new IOException("the agent's jar lacks " + resource);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      copy(in, out);
      return out.toByteArray();
    }
  }

  private static void copy(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[4096];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) out.write(buffer, 0, n);
  }
}
