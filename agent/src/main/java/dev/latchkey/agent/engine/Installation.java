package dev.latchkey.agent.engine;

import dev.latchkey.agent.bridge.LatchkeyBridge;
import dev.latchkey.agent.client.ClientHooks;
import dev.latchkey.agent.weave.Weaver;
import dev.latchkey.agent.weave.WeavingTransformer;
import java.lang.instrument.Instrumentation;
import java.net.URL;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Joins the handler to the bridge and the hooks to the JVM, in that order. */
final class Installation implements WeavingTransformer.Listener {
  private final Engine engine;

  private Installation(Engine engine) {
    this.engine = engine;
  }

  static void install(
      List<ClientHooks> clients, ClassLoader home, Engine engine, Instrumentation instrumentation) {
    if (!LatchkeyBridge.install(Dispatcher.create(clients, home, engine))) return;
    Installation listener = new Installation(engine);
    instrumentation.addTransformer(
        new WeavingTransformer(Weaver.create(clients), home, listener), true);
    try {
      // The one hooked class that every JVM has loaded by now.
      instrumentation.retransformClasses(URL.class);
    } catch (Throwable fault) {
      listener.notWoven("java/net/URL", fault);
    }
  }

  @Override
  public void applicationBegins() {
    try {
      engine.start();
    } catch (Throwable fault) {
      // No thread can be had now; the first call tries again.
    }
  }

  @Override
  public void clientIsLoaded() {
    try {
      engine.callsAreNear();
    } catch (Throwable fault) {
      // The first call will wait a little longer.
    }
  }

  @Override
  public void notWoven(String type, Throwable fault) {
    try {
      LoggerFactory.getLogger("latchkey")
          .warn("{} is not woven: its calls go out as they are", type, fault);
    } catch (Throwable evenThat) {
      // The application must not notice.
    }
  }
}
