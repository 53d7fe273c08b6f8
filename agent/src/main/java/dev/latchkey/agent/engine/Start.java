package dev.latchkey.agent.engine;

import dev.latchkey.agent.bridge.BridgeDefiner;
import dev.latchkey.agent.bridge.LatchkeyBridge;
import dev.latchkey.agent.client.ClientHooks;
import java.io.File;
import java.lang.instrument.Instrumentation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code premain} runs in the agent's own loader: the bridge, then the hooks. */
public final class Start {
  private Start() {}

  /**
   * Starts the agent.
   *
   * @param arguments what stands behind the {@code =} of the flag
   * @param jar the agent's jar
   * @throws Exception if the agent cannot work in this JVM; then nothing was changed in it
   */
  public static void start(@Nullable String arguments, File jar, Instrumentation instrumentation)
      throws Exception {
    ClassLoader home = Start.class.getClassLoader();
    BridgeDefiner.define(instrumentation, home);
    Hooks.settings(arguments, jar.getAbsoluteFile().getParent());
    Hooks.install(Clients.all(), home, CoreOpener.create(arguments, jar), instrumentation);
  }

  // Apart, because linking it needs the bridge.
  private static final class Hooks {
    static void settings(@Nullable String arguments, @Nullable String folder) {
      LatchkeyBridge.settings(arguments, folder);
    }

    static void install(
        List<ClientHooks> clients,
        ClassLoader home,
        Engine.Opener opener,
        Instrumentation instrumentation)
        throws Exception {
      Installation.install(clients, home, Engine.create(opener, home), instrumentation);
    }
  }
}
