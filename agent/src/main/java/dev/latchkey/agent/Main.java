package dev.latchkey.agent;

import java.lang.reflect.InvocationTargetException;

/** {@code java -jar latchkey-agent.jar}: hands over to the command line in its own loader. */
public final class Main {
  private static final String CLI = "dev.latchkey.agent.cli.Cli";

  private Main() {}

  /** Runs the command line; ends the process with its exit code. */
  public static void main(String[] arguments) throws Throwable {
    InstLoader loader = InstLoader.open(InstLoader.ownJar());
    Thread.currentThread().setContextClassLoader(loader);
    try {
      loader.loadClass(CLI).getMethod("main", String[].class).invoke(null, (Object) arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
