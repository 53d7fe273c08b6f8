package dev.latchkey.agent.propagate;

import dev.latchkey.agent.bridge.LatchkeyBridge;
import java.lang.instrument.Instrumentation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Begins to carry users into the threads of executors: {@code identity.propagate}. */
public final class Propagation {
  /** What the agent is told. */
  public interface Listener {
    /** A class could not be woven; work that is handed to it is done for nobody. */
    void notWoven(String type, Throwable fault);
  }

  private final Map<String, List<Place>> places = Places.byType();
  private final Instrumentation instrumentation;
  private final Listener listener;

  private Propagation(Instrumentation instrumentation, Listener listener) {
    this.instrumentation = instrumentation;
    this.listener = listener;
  }

  /** Weaves what is loaded by now, and what will be; only the first call does anything. */
  public static void begin(Instrumentation instrumentation, Listener listener) {
    if (!LatchkeyBridge.carry(OwnerCarrier.create())) return;
    Propagation propagation = new Propagation(instrumentation, listener);
    instrumentation.addTransformer(
        new PlaceTransformer(propagation.places, propagation.listener), true);
    for (Class<?> loaded : propagation.loaded()) propagation.weave(loaded);
  }

  private Set<Class<?>> loaded() {
    Set<Class<?>> loaded = new LinkedHashSet<>();
    for (Class<?> each : instrumentation.getAllLoadedClasses()) {
      if (places.containsKey(each.getName().replace('.', '/'))) loaded.add(each);
    }
    return loaded;
  }

  private void weave(Class<?> type) {
    try {
      instrumentation.retransformClasses(type);
    } catch (Throwable fault) {
      listener.notWoven(type.getName().replace('.', '/'), fault);
    }
  }
}
