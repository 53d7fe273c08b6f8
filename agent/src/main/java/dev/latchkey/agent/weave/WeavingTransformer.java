package dev.latchkey.agent.weave;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * Sees every class that is loaded, and answers at once for all but the few that have hooks. Runs
 * inside class loading: no lock, no lambda, no log, and nothing escapes.
 */
public final class WeavingTransformer implements ClassFileTransformer {
  /** What the transformer tells the agent. */
  public interface Listener {
    /** The application's first class is being defined; called once. */
    void applicationBegins();

    /** The first class of a client is being loaded: calls are near; called once. */
    void clientIsLoaded();

    /** A class could not be woven; its client works as if the agent were not there. */
    void notWoven(String type, Throwable fault);
  }

  private static final String[] FOREIGN_AGENTS = {
    "datadog.",
    "com.newrelic.",
    "com.nr.",
    "com.dynatrace.",
    "com.appdynamics.",
    "com.singularity.",
    "com.instana.",
    "com.contrastsecurity.",
    "io.opentelemetry.javaagent.",
    "co.elastic.apm.",
    "org.glowroot."
  };

  /** Loads what the filter brings, its provisioning client too: that one's keys are its own. */
  private static final String FILTER = "dev.latchkey.filter.InsideLoader";

  private final Weaver weaver;
  private final Listener listener;
  private final @Nullable ClassLoader own;
  private final ClassLoader system;
  private boolean begun;
  private boolean near;

  /**
   * A transformer.
   *
   * @param own the agent's loader, whose classes are left alone
   */
  public WeavingTransformer(Weaver weaver, @Nullable ClassLoader own, Listener listener) {
    this.weaver = weaver;
    this.own = own;
    this.listener = listener;
    this.system = ClassLoader.getSystemClassLoader();
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String type,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    if (!begun && loader == system) begin(type);
    // A class that was loaded before, such as java.net.URL, tells nothing of calls.
    if (!near && redefined == null && weaver.isOfClient(type)) near(loader);
    return weaver.knows(type) ? weave(loader, type, bytes) : null;
  }

  private void begin(@Nullable String type) {
    if (type != null && type.startsWith("dev/latchkey/agent/")) return;
    begun = true;
    listener.applicationBegins();
  }

  private void near(@Nullable ClassLoader loader) {
    if (isOurs(loader) || isLeftAlone(loader)) return;
    near = true;
    listener.clientIsLoaded();
  }

  private byte @Nullable [] weave(
      @Nullable ClassLoader loader, @Nullable String type, byte[] bytes) {
    if (type == null || isOurs(loader) || isLeftAlone(loader)) return null;
    try {
      return weaver.weave(type, bytes);
    } catch (Throwable fault) {
      listener.notWoven(type, fault);
      return null;
    }
  }

  private boolean isOurs(@Nullable ClassLoader loader) {
    return loader != null && (loader == own || loader.getParent() == own && own != null);
  }

  private static boolean isLeftAlone(@Nullable ClassLoader loader) {
    if (loader == null) return false;
    String name = loader.getClass().getName();
    if (name.equals(FILTER)) return true;
    for (String agent : FOREIGN_AGENTS) {
      if (name.startsWith(agent)) return true;
    }
    return false;
  }
}
