package dev.latchkey.agent.engine;

import dev.latchkey.core.call.OutboundCalls;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Settings, store and keys, opened once on a thread of their own: when somebody needs them, at once
 * where the settings ask for it, or {@value #LEISURE_MS} ms after the application began, so that
 * what is wrong with them is told even where nobody does. Calls that come before it is open wait
 * for it, at most {@value #LONGEST_WAIT_MS} ms and never twice.
 */
final class Engine {
  /** What an engine gives once it is open. */
  interface Opened {
    /** The front door for this client; {@link Nothing} where the client is switched off. */
    OutboundCalls callsOf(String client);

    /** Calls will come soon: what the first one would wait for may begin now. */
    default void callsAreNear() {}
  }

  /** Opens what the engine runs on; each method is called once, on the engine's thread. */
  interface Opener {
    /** Whether it must open although nobody needs it yet; asked when the application begins. */
    default boolean isUrgent() {
      return false;
    }

    /** Returns null where there is nothing to manage, and has said why. */
    @Nullable Opened open() throws Exception;

    /** Says that nothing will be managed, because of this fault. */
    void failed(Throwable fault);
  }

  static final long LONGEST_WAIT_MS = 10_000;

  /** An application that starts has better things to do than to wait for what it may not need. */
  static final long LEISURE_MS = 5_000;

  private final Opener opener;
  private final long leisureMs;
  private final CountDownLatch needed = new CountDownLatch(1);
  private final AtomicBoolean started = new AtomicBoolean();
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean waitedInVain;
  private volatile boolean callsAreNear;
  private volatile Opened opened = Nothing.INSTANCE;

  private Engine(Opener opener, ClassLoader home, long leisureMs) {
    this.opener = opener;
    this.leisureMs = leisureMs;
    // Made now, in premain: a thread made later would hold the loader of whoever came first.
    this.thread = new Thread(new Opening(), "latchkey-start");
    thread.setDaemon(true);
    thread.setContextClassLoader(home);
  }

  static Engine create(Opener opener, ClassLoader home) {
    return create(opener, home, LEISURE_MS);
  }

  /** One that opens this many milliseconds after the start where nobody needs it before. */
  static Engine create(Opener opener, ClassLoader home, long leisureMs) {
    return new Engine(opener, home, leisureMs);
  }

  /** The application begins; returns at once. */
  void start() {
    if (!started.compareAndSet(false, true)) return;
    try {
      thread.start();
    } catch (Throwable noThread) {
      started.set(false); // The next one who asks tries again.
      throw noThread;
    }
  }

  /** Begins to open, once; returns at once. */
  void need() {
    needed.countDown();
    start();
  }

  /** The application loads an HTTP client; does nothing that a loading class would mind. */
  void callsAreNear() {
    if (callsAreNear) return;
    callsAreNear = true;
    need();
    opened.callsAreNear();
  }

  boolean isDone() {
    return done.getCount() == 0;
  }

  /** What was opened; waits for it, bounded. */
  Opened await() {
    if (isDone()) return opened;
    need();
    if (waitedInVain || Thread.currentThread() == thread) return opened;
    try {
      waitedInVain = !done.await(LONGEST_WAIT_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return opened;
  }

  private void open() {
    try {
      if (!opener.isUrgent()) waitAtLeisure();
      Opened result = opener.open();
      if (result == null) return;
      opened = result;
      if (callsAreNear) result.callsAreNear();
    } catch (Throwable fault) {
      opener.failed(fault);
    } finally {
      done.countDown();
    }
  }

  private void waitAtLeisure() {
    try {
      needed.await(leisureMs, TimeUnit.MILLISECONDS);
    } catch (InterruptedException meantForTheApplication) {
      // It interrupts all threads of its group; ours has nothing to give up.
    }
  }

  private final class Opening implements Runnable {
    @Override
    public void run() {
      open();
    }
  }
}
