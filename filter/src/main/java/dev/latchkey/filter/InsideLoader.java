package dev.latchkey.filter;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * Loads the filter proper from {@code latchkey-filter/} inside its jar, where classes end in {@code
 * .classdata} so that nobody else finds them. It sees the JDK and the container's servlet API:
 * neither side's libraries meet the other's.
 *
 * <p>Everything is read through the web application's loader, so no file is open longer than a read
 * takes, packed and unpacked applications are alike, and nothing is left after an undeploy.
 */
final class InsideLoader extends ClassLoader {
  static {
    registerAsParallelCapable();
  }

  private static final String ROOM = "latchkey-filter/";

  private final ClassLoader application;
  private final ProtectionDomain domain;

  /** A loader for what lies beside this class. */
  InsideLoader(Class<?> beside) {
    super(jdkLoader());
    application = beside.getClassLoader();
    domain = beside.getProtectionDomain();
  }

  /** On Java 8 the boot loader holds all of the JDK that we use; later the platform loader does. */
  private static @Nullable ClassLoader jdkLoader() {
    boolean java8 = System.getProperty("java.specification.version", "").startsWith("1.");
    return java8 ? null : ClassLoader.getSystemClassLoader().getParent();
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (isServletApi(name)) return application.loadClass(name);
    byte[] bytes = read(name.replace('.', '/') + ".class");
    if (bytes == null) throw new ClassNotFoundException(name);
    int dot = name.lastIndexOf('.');
    if (dot > 0) definePackageOnce(name.substring(0, dot));
    return defineClass(name, bytes, 0, bytes.length, domain);
  }

  private static boolean isServletApi(String name) {
    return name.startsWith("jakarta.servlet.") || name.startsWith("javax.servlet.");
  }

  @Override
  protected @Nullable URL findResource(String name) {
    return application.getResource(path(name)) == null ? null : url(name);
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL found = findResource(name);
    return found == null
        ? Collections.<URL>emptyEnumeration()
        : Collections.enumeration(Collections.singleton(found));
  }

  private URL url(String name) {
    try {
      return new URL("latchkey-filter", null, -1, "/" + name, new Resource(name));
    } catch (MalformedURLException e) {
      throw new IllegalStateException("a URL with its own handler was refused: " + name, e);
    }
  }

  private void definePackageOnce(String name) {
    if (getPackage(name) != null) return;
    try {
      definePackage(name, null, null, null, null, null, null, null);
    } catch (IllegalArgumentException anotherThreadWasFaster) {
      // The package is there, which is all we want.
    }
  }

  private byte @Nullable [] read(String name) throws ClassNotFoundException {
    try (InputStream in = application.getResourceAsStream(path(name))) {
      return in == null ? null : bytes(in);
    } catch (IOException e) {
      throw new ClassNotFoundException(name + " cannot be read from the filter's jar", e);
    }
  }

  private static byte[] bytes(InputStream in) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(8192);
    byte[] buffer = new byte[8192];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) out.write(buffer, 0, n);
    return out.toByteArray();
  }

  private static String path(String name) {
    return ROOM + (name.endsWith(".class") ? name + "data" : name);
  }

  /**
   * Opens without the JVM's cache of jar files, which would keep the jar open after an undeploy.
   */
  private final class Resource extends URLStreamHandler {
    private final String name;

    Resource(String name) {
      this.name = name;
    }

    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {}

        @Override
        public InputStream getInputStream() throws IOException {
          InputStream in = application.getResourceAsStream(path(name));
          if (in == null) throw new FileNotFoundException(name);
          return in;
        }
      };
    }
  }
}
