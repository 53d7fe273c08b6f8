package dev.latchkey.filter;

import java.io.IOException;
import java.net.URL;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * Loads the filter proper from {@link InsideFiles}. It sees the JDK and the container's servlet
 * API: neither side's libraries meet the other's.
 */
final class InsideLoader extends ClassLoader {
  static {
    registerAsParallelCapable();
  }

  private final ClassLoader application;
  private final InsideFiles files;
  private final ProtectionDomain domain;

  /** A loader for what lies beside this class. */
  InsideLoader(Class<?> beside) {
    super(jdkLoader());
    application = beside.getClassLoader();
    files = new InsideFiles(application);
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
    byte[] bytes = read(name);
    int dot = name.lastIndexOf('.');
    if (dot > 0) definePackageOnce(name.substring(0, dot));
    return defineClass(name, bytes, 0, bytes.length, domain);
  }

  private static boolean isServletApi(String name) {
    return name.startsWith("jakarta.servlet.") || name.startsWith("javax.servlet.");
  }

  private byte[] read(String name) throws ClassNotFoundException {
    try {
      byte[] bytes = files.read(name.replace('.', '/') + ".class");
      if (bytes == null) throw new ClassNotFoundException(name);
      return bytes;
    } catch (IOException e) {
      throw new ClassNotFoundException(name + " cannot be read from the filter's jar", e);
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

  @Override
  protected @Nullable URL findResource(String name) {
    return files.find(name);
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL found = findResource(name);
    return found == null
        ? Collections.<URL>emptyEnumeration()
        : Collections.enumeration(Collections.singleton(found));
  }
}
