package dev.latchkey.agent;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.security.AllPermission;
import java.security.CodeSource;
import java.security.Permissions;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Loads the agent proper from {@code inst/} inside its jar, where classes end in {@code .classdata}
 * so that nobody else finds them. Its parent shows the JDK only, and is asked last: no class of the
 * application can get in, not even from the boot class path, and none of ours can get out.
 */
final class InstLoader extends ClassLoader {
  static {
    registerAsParallelCapable();
  }

  private static final String ARCHIVE = "inst/classes.zip";

  private final Archive archive;
  private final URL base;
  private final ProtectionDomain domain;
  private final Set<String> packages = ConcurrentHashMap.newKeySet();

  private InstLoader(Archive archive, URL location) throws MalformedURLException {
    super(jdkLoader());
    this.archive = archive;
    this.base = new URL("latchkey-agent", null, -1, "/", new Handler());
    Permissions all = new Permissions();
    all.add(new AllPermission());
    this.domain = new ProtectionDomain(new CodeSource(location, (Certificate[]) null), all);
  }

  static InstLoader open(File jar) throws IOException {
    return new InstLoader(Archive.open(jar).inner(ARCHIVE), jar.toURI().toURL());
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
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.startsWith("java.")) return super.loadClass(name, resolve);
    synchronized (getClassLoadingLock(name)) {
      Class<?> own = findLoadedClass(name);
      if (own == null) own = define(name);
      return own == null ? super.loadClass(name, resolve) : own;
    }
  }

  private @Nullable Class<?> define(String name) throws ClassNotFoundException {
    byte[] bytes = read(name.replace('.', '/') + ".class");
    if (bytes == null) return null;
    int dot = name.lastIndexOf('.');
    if (dot > 0) definePackageOnce(name.substring(0, dot));
    return defineClass(name, bytes, 0, bytes.length, domain);
  }

  private void definePackageOnce(String name) {
    if (!packages.add(name)) return;
    try {
      definePackage(name, null, null, null, null, null, null, null);
    } catch (IllegalArgumentException anotherLoaderHasIt) {
      // Java 8 tells packages of the boot loader as ours, too. There is one, which is all we want.
    }
  }

  private byte @Nullable [] read(String name) throws ClassNotFoundException {
    try {
      return archive.read(path(name));
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    try {
      byte[] own = archive.read(path(name));
      return own == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(own);
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  protected @Nullable URL findResource(String name) {
    try {
      return archive.contains(path(name)) ? new URL(base, "/" + name) : null;
    } catch (MalformedURLException e) {
      return null;
    }
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL found = findResource(name);
    return found == null
        ? Collections.<URL>emptyEnumeration()
        : Collections.enumeration(Collections.singleton(found));
  }

  private static String path(String name) {
    return name.endsWith(".class") ? name + "data" : name;
  }

  /** Opens the URLs of what lies in the archive. */
  private final class Handler extends URLStreamHandler {
    Handler() {}

    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {}

        @Override
        public InputStream getInputStream() throws IOException {
          byte[] bytes = archive.read(path(url.getPath().substring(1)));
          if (bytes == null) throw new FileNotFoundException(url.getPath());
          return new ByteArrayInputStream(bytes);
        }
      };
    }
  }
}
