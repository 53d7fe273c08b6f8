package dev.latchkey.filter.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Jetty starts the new deployment before it closes the old one's loader, and with that loader the
 * jar file that the JVM's cache shares between both.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class RedeployIT {
  private static final String ROOM = "latchkey-filter/";
  private static final int DEPLOYMENTS = 10;

  private final Path jar =
      Paths.get(System.getProperty("latchkey.test.filters", "target"), "latchkey-filter.jar");

  @Test
  void undeployingAnOldCopyTakesNoClassFromTheNewOne() throws Exception {
    List<String> names = namesOfCore();
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    Future<Integer> undeploys = thread.submit(() -> undeployUntil(over));
    try {
      for (int i = 0; i < DEPLOYMENTS; i++) loadAll(names);
    } finally {
      over.set(true);
      thread.shutdown();
    }
    assertThat(undeploys.get(30, TimeUnit.SECONDS)).isGreaterThan(DEPLOYMENTS);
  }

  private int undeployUntil(AtomicBoolean over) throws Exception {
    int undeploys = 0;
    for (; !over.get(); undeploys++) {
      try (URLClassLoader old = application()) {
        readShared(old);
      }
    }
    return undeploys;
  }

  /** From now on the old copy holds the shared jar file, unless the new one has just closed it. */
  private static void readShared(URLClassLoader old) throws IOException {
    try (InputStream in = old.getResourceAsStream("dev/latchkey/filter/LatchkeyFilter.class")) {
      if (in != null) in.read();
    } catch (IOException | RuntimeException closed) {
      // What is read here is nobody's business.
    }
  }

  private void loadAll(List<String> names) throws Exception {
    try (URLClassLoader application = application()) {
      Class<?> type = application.loadClass("dev.latchkey.filter.InsideLoader");
      Constructor<?> constructor = type.getDeclaredConstructor(Class.class);
      constructor.setAccessible(true);
      ClassLoader inside = (ClassLoader) constructor.newInstance(type);
      for (String name : names)
        assertThat(inside.loadClass(name).getClassLoader()).isSameAs(inside);
    }
  }

  private URLClassLoader application() throws Exception {
    ClassLoader jdk = ClassLoader.getSystemClassLoader().getParent();
    return new URLClassLoader(new URL[] {jar.toUri().toURL()}, jdk);
  }

  private List<String> namesOfCore() throws Exception {
    try (ZipFile file = new ZipFile(jar.toFile())) {
      return Collections.list(file.entries()).stream()
          .map(entry -> entry.getName())
          .filter(name -> name.startsWith(ROOM + "dev/latchkey/core/"))
          .filter(name -> name.endsWith(".classdata") && !name.contains("-info"))
          .map(name -> name.substring(ROOM.length(), name.lastIndexOf('.')).replace('/', '.'))
          .collect(Collectors.toList());
    }
  }
}
