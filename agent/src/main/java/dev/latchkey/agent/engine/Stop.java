package dev.latchkey.agent.engine;

import dev.latchkey.core.Latchkey;
import org.slf4j.LoggerFactory;

/**
 * Writes what is left to write when the JVM ends. A database elsewhere that does not answer must
 * not hold up the application's end. An embedded one answers, but a run so short that nobody needed
 * it has to open it, which may take a starved machine some seconds.
 */
final class Stop implements Runnable {
  private static final long LONGEST_MS = 2_000;
  private static final long LONGEST_EMBEDDED_MS = 5_000;

  private final Latchkey latchkey;
  private final long longest;

  /**
   * Made at the start: at the end the agent's jar may be another one and give no class any more.
   */
  private final Thread closing = new Thread(this::close, "latchkey-close");

  private Stop(Latchkey latchkey, String store) {
    this.latchkey = latchkey;
    longest = store.startsWith("h2:") ? LONGEST_EMBEDDED_MS : LONGEST_MS;
    closing.setDaemon(true);
  }

  /** Does so for a store with that URL. */
  static void atExit(Latchkey latchkey, String store) {
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(new Stop(latchkey, store), "latchkey-stop"));
    } catch (IllegalStateException alreadyEnding) {
      // Nothing was counted yet.
    }
  }

  @Override
  public void run() {
    closing.start();
    try {
      closing.join(longest);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void close() {
    try {
      latchkey.close();
    } catch (Throwable fault) {
      tell(fault);
    }
  }

  private static void tell(Throwable fault) {
    try {
      LoggerFactory.getLogger("latchkey")
          .warn("what was left to write was not written: {}", fault.toString());
    } catch (LinkageError theLogIsGoneToo) {
      // Another jar lies where ours was; the application's exit is no place to complain.
    }
  }
}
