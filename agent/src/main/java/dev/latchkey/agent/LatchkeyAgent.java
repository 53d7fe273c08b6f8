package dev.latchkey.agent;

import java.io.File;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The agent's entry. Whatever goes wrong here, the application starts as if the flag were not
 * there.
 *
 * <p>Nothing on this path may touch {@code java.util.logging}, JMX, the default {@code SSLContext},
 * {@code FileSystems} or a lambda: the application has not had its chance to set them up.
 */
public final class LatchkeyAgent {
  private static final String START = "dev.latchkey.agent.engine.Start";
  private static boolean begun;

  private LatchkeyAgent() {}

  /** Called by the JVM for {@code -javaagent}, before the application's {@code main}. */
  public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
    begin(arguments, instrumentation, false);
  }

  /** Called by the JVM when the agent is attached to a running process. */
  public static void agentmain(@Nullable String arguments, Instrumentation instrumentation) {
    begin(arguments, instrumentation, true);
  }

  private static synchronized void begin(
      @Nullable String arguments, Instrumentation instrumentation, boolean applicationRuns) {
    try {
      if (begun || Host.isSwitchedOff(arguments) || Host.isTool() || Host.hasAgent()) return;
      begun = true;
      if (Host.isTooOld()) {
        say("off: Java 8 older than 8u40 is not supported: " + System.getProperty("java.version"));
      } else {
        start(arguments, instrumentation, applicationRuns);
      }
    } catch (Throwable fault) {
      say("off: the agent could not start: " + cause(fault));
    }
  }

  // Through one of the JDK's interfaces: a method that is called by reflection costs a JVM of
  // Java 18 or later 20 ms, a constructor without parameters next to nothing.
  @SuppressWarnings("unchecked") // It says so.
  private static void start(
      @Nullable String arguments, Instrumentation instrumentation, boolean applicationRuns)
      throws Exception {
    File jar = InstLoader.ownJar();
    Object start = InstLoader.open(jar).loadClass(START).getConstructor().newInstance();
    Exception fault =
        ((Function<@Nullable Object[], @Nullable Exception>) start)
            .apply(new @Nullable Object[] {arguments, jar, instrumentation, applicationRuns});
    if (fault != null) throw fault;
  }

  private static Throwable cause(Throwable fault) {
    Throwable cause = fault instanceof InvocationTargetException ? fault.getCause() : null;
    return cause == null ? fault : cause;
  }

  private static void say(String line) {
    System.err.println("latchkey: " + line);
  }
}
