package dev.latchkey.agent.engine;

import dev.latchkey.agent.bridge.BridgeDefiner;
import dev.latchkey.agent.bridge.LatchkeyBridge;
import dev.latchkey.agent.client.ClientHooks;
import java.io.File;
import java.lang.instrument.Instrumentation;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What {@code premain} runs in the agent's own loader: the bridge, then the hooks. */
public final class Start implements Function<@Nullable Object[], @Nullable Exception> {
  /** By name. */
  public Start() {}

  /**
   * Starts the agent.
   *
   * @param given what stands behind the {@code =} of the flag, the agent's jar, the {@link
   *     Instrumentation}, whether the application runs already
   * @return why the agent cannot work in this JVM, in which nothing was changed then; null if it
   *     works
   */
  @Override
  public @Nullable Exception apply(@Nullable Object[] given) {
    try {
      start((String) given[0], (File) given[1], (Instrumentation) given[2], given[3]);
      return null;
    } catch (Exception fault) {
      return fault;
    }
  }

  private static void start(
      @Nullable String arguments,
      @Nullable File jar,
      @Nullable Instrumentation instrumentation,
      @Nullable Object applicationRuns)
      throws Exception {
    if (jar == null || instrumentation == null) throw new IllegalArgumentException("no jar");
    ClassLoader home = Start.class.getClassLoader();
    BridgeDefiner.define(instrumentation, home);
    Hooks.settings(arguments, jar.getAbsoluteFile().getParent());
    Engine engine = Engine.create(CoreOpener.create(arguments, jar, instrumentation), home);
    Hooks.install(Clients.all(), home, engine, instrumentation);
    // Nobody waits for the application's start any more, and it may have loaded its client.
    if (Boolean.TRUE.equals(applicationRuns)) engine.need();
  }

  // Apart, because linking it needs the bridge.
  private static final class Hooks {
    static void settings(@Nullable String arguments, @Nullable String folder) {
      LatchkeyBridge.settings(arguments, folder);
    }

    static void install(
        List<ClientHooks> clients, ClassLoader home, Engine engine, Instrumentation instrumentation)
        throws Exception {
      Installation.install(clients, home, engine, instrumentation);
    }
  }
}
