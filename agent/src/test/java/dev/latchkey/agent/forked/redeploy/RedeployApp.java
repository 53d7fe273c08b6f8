package dev.latchkey.agent.forked.redeploy;

import java.io.File;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** Deploys {@link Page} 200 times, each time with a client of its own, and lets each go. */
public final class RedeployApp {
  private static final int DEPLOYMENTS = 200;

  private RedeployApp() {}

  /** The arguments are a URL and the client's jars. */
  public static void main(String[] args) throws Exception {
    List<URL> jars = new ArrayList<>();
    jars.add(RedeployApp.class.getProtectionDomain().getCodeSource().getLocation());
    for (String jar : Arrays.asList(args).subList(1, args.length)) {
      jars.add(new File(jar).toURI().toURL());
    }
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    Map<String, Integer> answers = new TreeMap<>();
    for (int i = 0; i < DEPLOYMENTS; i++) {
      answers.merge(deployment(jars.toArray(new URL[0]), args[0], loaders), 1, Integer::sum);
    }
    System.out.println(answers + " left=" + left(loaders));
    System.exit(0);
  }

  @SuppressWarnings("unchecked") // The class is ours, though from another loader.
  private static String deployment(URL[] jars, String url, List<WeakReference<ClassLoader>> loaders)
      throws Exception {
    ClassLoader server = ClassLoader.getSystemClassLoader().getParent();
    try (URLClassLoader loader = new URLClassLoader(jars, server)) {
      loaders.add(new WeakReference<>(loader));
      Class<?> page = loader.loadClass(RedeployApp.class.getPackage().getName() + ".Page");
      return ((Function<String, String>) page.getConstructor().newInstance()).apply(url);
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
