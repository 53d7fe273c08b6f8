package dev.latchkey.core.work;

import java.io.Closeable;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One daemon thread that runs a task over and over, with the pause that the task itself asked for.
 * A task that throws is logged and asked again after a second.
 */
public final class Heartbeat implements Closeable {
  /** What is run; returns the milliseconds until it wants to run again, 1 or more. */
  public interface Task {
    /** Runs once. */
    long beat() throws Exception;
  }

  private static final Logger LOG = LoggerFactory.getLogger("latchkey");
  private static final long AFTER_FAULT_MILLIS = 1_000;
  private static final long LAST_BEAT_MILLIS = 1_000;

  private final Task task;
  private final Thread thread;
  private volatile boolean closed;

  private Heartbeat(String name, Task task) {
    this.task = task;
    thread = new DaemonThreads(name).newThread(this::run);
  }

  /** Starts beating at once. */
  public static Heartbeat start(String name, Task task) {
    Heartbeat heartbeat = new Heartbeat(name, task);
    heartbeat.thread.start();
    return heartbeat;
  }

  /** Cuts the present pause short. */
  public void wake() {
    LockSupport.unpark(thread);
  }

  /**
   * Ends the thread, and waits for the beat under way, at most {@value #LAST_BEAT_MILLIS} ms. It is
   * not interrupted: that would close the embedded database's file under everybody's feet.
   */
  @Override
  public void close() {
    closed = true;
    wake();
    try {
      if (thread != Thread.currentThread()) thread.join(LAST_BEAT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!closed) LockSupport.parkNanos(this, beat() * 1_000_000L);
  }

  private long beat() {
    try {
      return Math.max(1, task.beat());
    } catch (Exception | LinkageError e) {
      if (!closed) tell(e);
      return AFTER_FAULT_MILLIS;
    }
  }

  private void tell(Throwable fault) {
    try {
      LOG.warn("{} goes on after a fault: {}", thread.getName(), fault.toString());
    } catch (LinkageError theLogIsGoneToo) {
      // Another jar lies where ours was.
    }
  }
}
