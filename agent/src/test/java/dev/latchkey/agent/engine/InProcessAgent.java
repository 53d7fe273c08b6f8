package dev.latchkey.agent.engine;

import dev.latchkey.agent.bridge.BridgeDefiner;
import dev.latchkey.core.call.OutboundCalls;
import java.lang.instrument.Instrumentation;
import net.bytebuddy.agent.ByteBuddyAgent;

/**
 * The agent in this very JVM, with a front door of the test's choice: everything but the packaging
 * is real. Classes of the test's own loader are left alone, as the agent's own are.
 */
public final class InProcessAgent {
  private static final ClassLoader HOME = InProcessAgent.class.getClassLoader();
  private static boolean installed;

  private InProcessAgent() {}

  /** Weaves from now on; only the first call does anything. */
  public static synchronized void install(OutboundCalls calls) throws Exception {
    if (installed) return;
    installed = true;
    Instrumentation instrumentation = ByteBuddyAgent.install();
    BridgeDefiner.define(instrumentation, HOME);
    Hooks.install(calls, instrumentation);
  }

  // Apart, because linking it needs the bridge.
  private static final class Hooks {
    static void install(OutboundCalls calls, Instrumentation instrumentation) {
      Engine engine = Engine.create(new Given(calls), HOME);
      Installation.install(Clients.all(), HOME, engine, instrumentation);
    }
  }

  private static final class Given implements Engine.Opener {
    private final OutboundCalls calls;

    Given(OutboundCalls calls) {
      this.calls = calls;
    }

    @Override
    public Engine.Opened open() {
      return client -> calls;
    }

    @Override
    public void failed(Throwable fault) {
      throw new AssertionError(fault);
    }
  }
}
