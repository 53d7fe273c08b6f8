package dev.latchkey.agent.contract;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;

/** An application: the jars of one client version and a driver, apart from everything else. */
final class DriverLoader extends URLClassLoader {
  private static final String SHARED = "dev.latchkey.agent.contract.";
  private static final String OWN = SHARED + "driver.";

  private final ClassLoader tests = DriverLoader.class.getClassLoader();

  private DriverLoader(URL[] jars) {
    super(jars, ClassLoader.getSystemClassLoader().getParent());
  }

  static DriverLoader of(Subject subject) throws IOException {
    List<String> paths = new ArrayList<>();
    for (File jar : subject.jars()) paths.add(jar.getPath());
    return ofPaths(paths);
  }

  static DriverLoader ofPaths(List<String> paths) throws IOException {
    List<URL> jars = new ArrayList<>();
    for (String path : paths) jars.add(new File(path).toURI().toURL());
    return new DriverLoader(jars.toArray(new URL[0]));
  }

  ClientDriver driver(String name, Settings settings) throws Exception {
    return (ClientDriver) loadClass(name).getConstructor(Settings.class).newInstance(settings);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.startsWith(OWN)) return own(name);
    return name.startsWith(SHARED) ? tests.loadClass(name) : super.loadClass(name, resolve);
  }

  private Class<?> own(String name) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) return loaded;
      try (InputStream in = tests.getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = Bytes.all(in);
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
