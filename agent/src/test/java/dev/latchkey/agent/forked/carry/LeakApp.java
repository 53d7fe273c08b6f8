package dev.latchkey.agent.forked.carry;

import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Deploys an application again and again, each time in a loader of its own, and lets it go. */
public final class LeakApp {
  private static final int DEPLOYMENTS = 60;

  private LeakApp() {}

  /** The argument is a managed URL where nobody answers. */
  public static void main(String[] args) throws Exception {
    CarryApp.awaitSettings(args[0]);
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    int ran = 0;
    for (int i = 0; i < DEPLOYMENTS; i++) ran += deployment(loaders);
    System.out.println("ran=" + ran);
    System.out.println("left=" + left(loaders));
    System.exit(0);
  }

  private static int deployment(List<WeakReference<ClassLoader>> loaders) throws Exception {
    URL classes = LeakApp.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes}, null)) {
      loaders.add(new WeakReference<>(loader));
      Class<?> type = loader.loadClass(LeakApp.class.getPackage().getName() + ".Deployed");
      return (Integer) ((Callable<?>) type.getConstructor().newInstance()).call();
    }
  }

  private static long left(List<WeakReference<ClassLoader>> loaders) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    long left = loaders.size();
    while (left > 0 && System.nanoTime() < end) {
      System.gc();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      left = loaders.stream().filter(each -> each.get() != null).count();
    }
    return left;
  }
}
