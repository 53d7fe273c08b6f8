package dev.latchkey.filter;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import org.jspecify.annotations.Nullable;

/**
 * What lies in {@code latchkey-filter/} inside the filter's jar, where classes end in {@code
 * .classdata} so that nobody else finds them.
 *
 * <p>Everything is read through the web application's loader, so no file is open longer than a read
 * takes, packed and unpacked applications are alike, and nothing is left after an undeploy. Safe
 * for use by many threads.
 */
final class InsideFiles {
  private static final String ROOM = "latchkey-filter/";

  private final ClassLoader application;

  InsideFiles(ClassLoader application) {
    this.application = application;
  }

  /** The file of that name, such as {@code a/B.class}; null if there is none. */
  byte @Nullable [] read(String name) throws IOException {
    byte[] bytes = readShared(path(name));
    return bytes == null ? readAlone(path(name)) : bytes;
  }

  /** Where {@link #read} finds it; null if there is none. */
  @Nullable URL find(String name) {
    return application.getResource(path(name)) == null ? null : url(name);
  }

  private static String path(String name) {
    return ROOM + (name.endsWith(".class") ? name + "data" : name);
  }

  /**
   * The usual way. A loader that is closed closes the jar files which the JVM's cache shares among
   * all who read them (URLClassLoader, JarURLConnection): Jetty closes the old deployment's amid
   * the new one's start.
   */
  private byte @Nullable [] readShared(String path) {
    try (InputStream in = application.getResourceAsStream(path)) {
      return in == null ? null : bytes(in);
    } catch (IOException | RuntimeException closed) {
      return null;
    }
  }

  /** Past that cache: this may open the jar anew, so it is not the usual way. */
  private byte @Nullable [] readAlone(String path) throws IOException {
    URL url = application.getResource(path);
    if (url == null) return null;
    URLConnection connection = url.openConnection();
    connection.setUseCaches(false);
    try (InputStream in = connection.getInputStream()) {
      return bytes(in);
    }
  }

  private static byte[] bytes(InputStream in) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(8192);
    byte[] buffer = new byte[8192];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) out.write(buffer, 0, n);
    return out.toByteArray();
  }

  private URL url(String name) {
    try {
      return new URL("latchkey-filter", null, -1, "/" + name, new Handler(name));
    } catch (MalformedURLException e) {
      throw new IllegalStateException("a URL with its own handler was refused: " + name, e);
    }
  }

  /** Opens a URL as {@link #read} does. */
  private final class Handler extends URLStreamHandler {
    private final String name;

    Handler(String name) {
      this.name = name;
    }

    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {}

        @Override
        public InputStream getInputStream() throws IOException {
          byte[] bytes = read(name);
          if (bytes == null) throw new FileNotFoundException(name);
          return new ByteArrayInputStream(bytes);
        }
      };
    }
  }
}
