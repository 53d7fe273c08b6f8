package dev.latchkey.agent;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.security.AllPermission;
import java.security.CodeSource;
import java.security.Permissions;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.Enumeration;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * Loads the agent proper from {@code inst/} inside its jar, where classes end in {@code .classdata}
 * so that nobody else finds them. Its parent shows the JDK only: no class of the application can
 * get in, and none of ours can get out.
 */
final class InstLoader extends ClassLoader {
  static {
    registerAsParallelCapable();
  }

  private static final String ROOM = "inst/";

  private final JarFile jar;
  private final String base;
  private final ProtectionDomain domain;

  private InstLoader(JarFile jar, URL location) {
    super(jdkLoader());
    this.jar = jar;
    this.base = "jar:" + location + "!/" + ROOM;
    Permissions all = new Permissions();
    all.add(new AllPermission());
    this.domain = new ProtectionDomain(new CodeSource(location, (Certificate[]) null), all);
  }

  static InstLoader open(File jar) throws IOException {
    return new InstLoader(new JarFile(jar, false), jar.toURI().toURL());
  }

  /** The jar that this class came from. */
  static File ownJar() throws URISyntaxException {
    return new File(InstLoader.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /**
   * On Java 8 the boot loader holds all of the JDK that we use; later it is the platform loader.
   */
  private static @Nullable ClassLoader jdkLoader() {
    boolean java8 = System.getProperty("java.specification.version", "").startsWith("1.");
    return java8 ? null : ClassLoader.getSystemClassLoader().getParent();
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = read(name.replace('.', '/') + ".class");
    if (bytes == null) throw new ClassNotFoundException(name);
    int dot = name.lastIndexOf('.');
    if (dot > 0) definePackageOnce(name.substring(0, dot));
    return defineClass(name, bytes, 0, bytes.length, domain);
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    byte[] own = readQuietly(name);
    return own == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(own);
  }

  @Override
  protected @Nullable URL findResource(String name) {
    String path = path(name);
    return jar.getEntry(ROOM + path) == null ? null : url(path);
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL found = findResource(name);
    return found == null
        ? Collections.<URL>emptyEnumeration()
        : Collections.enumeration(Collections.singleton(found));
  }

  private URL url(String path) {
    try {
      return new URL(base + path);
    } catch (MalformedURLException e) {
      throw new IllegalStateException("the JDK knows no jar: URLs", e);
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
    try {
      ZipEntry entry = jar.getEntry(ROOM + path(name));
      return entry == null || entry.isDirectory() ? null : bytes(entry);
    } catch (IOException e) {
      throw new ClassNotFoundException(name + " cannot be read from " + jar.getName(), e);
    }
  }

  private byte @Nullable [] readQuietly(String name) {
    try {
      return read(name);
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  private byte[] bytes(ZipEntry entry) throws IOException {
    try (InputStream in = jar.getInputStream(entry)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream((int) Math.max(entry.getSize(), 32));
      byte[] buffer = new byte[8192];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) out.write(buffer, 0, n);
      return out.toByteArray();
    }
  }

  private static String path(String name) {
    return name.endsWith(".class") ? name + "data" : name;
  }
}
