package dev.latchkey.agent.engine;

import dev.latchkey.core.Latchkey;
import org.slf4j.LoggerFactory;

/**
 * Writes what is left to write when the JVM ends, for {@value #LONGEST_MS} ms at most: a database
 * that does not answer must not hold up the application's end. A run so short that the table was
 * not needed before opens it now, which takes a starved machine some seconds.
 */
final class Stop implements Runnable {
  private static final long LONGEST_MS = 5_000;

  private final Latchkey latchkey;

  /**
   * Made at the start: at the end the agent's jar may be another one and give no class any more.
   */
  private final Thread closing = new Thread(this::close, "latchkey-close");

  private Stop(Latchkey latchkey) {
    this.latchkey = latchkey;
    closing.setDaemon(true);
  }

  static void atExit(Latchkey latchkey) {
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(new Stop(latchkey), "latchkey-stop"));
    } catch (IllegalStateException alreadyEnding) {
      // Nothing was counted yet.
    }
  }

  @Override
  public void run() {
    closing.start();
    try {
      closing.join(LONGEST_MS);
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
