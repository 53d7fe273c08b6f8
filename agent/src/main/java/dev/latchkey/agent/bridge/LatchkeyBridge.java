package dev.latchkey.agent.bridge;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicMarkableReference;
import org.jspecify.annotations.Nullable;

/**
 * What woven code calls: the one class of ours that every class loader sees. In the packaged agent
 * it is {@code java.lang.LatchkeyBridge}, because every loader there is delegates {@code java.*}.
 * Only JDK types may appear here, and nothing is allocated for a call.
 *
 * <p>An instance is the agent's handler; while there is none, every call returns as if nothing was
 * woven. Safe for use by many threads.
 *
 * <p>A caller is the user of one request. It is the same object on every thread to which the
 * request's work is carried; its mark says whether the request goes on.
 */
public abstract class LatchkeyBridge {
  private static final AtomicMarkableReference<@Nullable String> NOBODY =
      new AtomicMarkableReference<>(null, false);

  private static final ThreadLocal<@Nullable AtomicMarkableReference<@Nullable String>> CALLER =
      new ThreadLocal<>();

  // The worker that has begun, the caller before it, and the same of what it runs in.
  private static final ThreadLocal<@Nullable Object @Nullable []> RUNNING = new ThreadLocal<>();

  private static volatile @Nullable LatchkeyBridge handler;
  private static volatile @Nullable LatchkeyBridge carrier;
  private static volatile String @Nullable [] settings;

  /** For the agent's handlers. */
  protected LatchkeyBridge() {}

  /**
   * A hooked method runs.
   *
   * @param hook the client's number times 16, plus the hook's place in the client
   * @param in the class that declares the method
   */
  protected @Nullable Object onHook(
      int hook,
      Class<?> in,
      @Nullable Object self,
      @Nullable Object a,
      @Nullable Object b,
      @Nullable Object c)
      throws Throwable {
    return null;
  }

  /** A caller's thread hands a task, or a thread that is about to start, to {@code by}. */
  protected void onSubmit(
      Object by, Object task, AtomicMarkableReference<@Nullable String> caller) {}

  /** A task runs now, or never will; returns who submitted it, and forgets it. */
  protected @Nullable AtomicMarkableReference<@Nullable String> onRun(Object task) {
    return null;
  }

  /** Returns who started this thread. */
  protected @Nullable AtomicMarkableReference<@Nullable String> onThread(Thread thread) {
    return null;
  }

  /** A caller's thread gives a task to a server that shows it to nobody. */
  protected Runnable onStart(Runnable task, AtomicMarkableReference<@Nullable String> caller) {
    return task;
  }

  /** Makes {@code handler} the one; the first wins, for good. */
  public static synchronized boolean install(LatchkeyBridge first) {
    if (handler != null) return false;
    handler = first;
    return true;
  }

  /** Makes {@code first} the one that is told of tasks; the first wins, for good. */
  public static synchronized boolean carry(LatchkeyBridge first) {
    if (carrier != null) return false;
    carrier = first;
    return true;
  }

  /** Woven at a method's entry; never throws. */
  public static void entry(
      int hook,
      Class<?> in,
      @Nullable Object self,
      @Nullable Object a,
      @Nullable Object b,
      @Nullable Object c) {
    LatchkeyBridge to = handler;
    if (to == null) return;
    try {
      to.onHook(hook, in, self, a, b, c);
    } catch (Throwable ours) {
      // The application's method runs as if we were not there.
    }
  }

  /** Woven around a method; what it throws is the real call's own exception. */
  public static @Nullable Object around(
      int hook,
      Class<?> in,
      @Nullable Object self,
      @Nullable Object a,
      @Nullable Object b,
      @Nullable Object c)
      throws Throwable {
    LatchkeyBridge to = handler;
    return to == null ? null : to.onHook(hook, in, self, a, b, c);
  }

  /** Woven before a method's return; never throws, and gives back {@code result} by default. */
  public static @Nullable Object exit(
      @Nullable Object result,
      int hook,
      Class<?> in,
      @Nullable Object self,
      @Nullable Object b,
      @Nullable Object c) {
    LatchkeyBridge to = handler;
    if (to == null) return result;
    try {
      Object instead = to.onHook(hook, in, self, result, b, c);
      return instead == null ? result : instead;
    } catch (Throwable ours) {
      return result;
    }
  }

  /** The user who is calling on this thread; null where nobody said so. */
  public static @Nullable String owner() {
    AtomicMarkableReference<@Nullable String> caller = caller();
    return caller == null ? null : caller.getReference();
  }

  /**
   * Says who is calling on this thread from now on; null for nobody. The request of another user
   * that was going on here is over.
   */
  public static void owner(@Nullable String user) {
    AtomicMarkableReference<@Nullable String> before = CALLER.get();
    if (user == null) {
      ended(before);
      CALLER.remove();
      forget(Thread.currentThread());
    } else if (before == null || !before.isMarked() || !user.equals(before.getReference())) {
      ended(before);
      CALLER.set(new AtomicMarkableReference<>(user, true));
    }
  }

  /**
   * Nobody is calling on this thread from now on, but the request goes on elsewhere, as after
   * {@code startAsync}: virtual threads that it started keep its user.
   *
   * @return what {@link #ended} is to be told when the request is over; null for none
   */
  public static @Nullable Object leave() {
    AtomicMarkableReference<@Nullable String> caller = CALLER.get();
    CALLER.remove();
    return caller;
  }

  /** The request that was left is over. */
  @SuppressWarnings("unchecked")
  public static void ended(@Nullable Object request) {
    if (!(request instanceof AtomicMarkableReference)) return;
    AtomicMarkableReference<@Nullable String> caller =
        (AtomicMarkableReference<@Nullable String>) request;
    caller.set(caller.getReference(), false);
  }

  /** Woven where a task or a thread is handed to an executor; never throws. */
  public static void submitted(@Nullable Object by, @Nullable Object task) {
    try {
      LatchkeyBridge to = carrier;
      if (to == null || by == null || task == null) return;
      AtomicMarkableReference<@Nullable String> caller = caller();
      if (caller != null && caller != NOBODY) to.onSubmit(by, task, caller);
    } catch (Throwable ours) {
      // The task runs for nobody.
    }
  }

  /** Woven where a task is refused, or a thread is done; never throws. */
  public static void forget(@Nullable Object task) {
    if (task != null) taken(task);
  }

  /** Woven where a server is given a task; never throws. */
  public static @Nullable Runnable started(@Nullable Runnable task) {
    try {
      LatchkeyBridge to = carrier;
      if (to == null || task == null) return task;
      AtomicMarkableReference<@Nullable String> caller = caller();
      return caller == null || caller == NOBODY ? task : to.onStart(task, caller);
    } catch (Throwable ours) {
      return task;
    }
  }

  /** Woven in place of a worker's {@code task.run()}. */
  public static void run(Runnable task) {
    AtomicMarkableReference<@Nullable String> caller = taken(task);
    if (caller == null) {
      task.run();
    } else {
      runAs(caller, task);
    }
  }

  /** Runs a task for this caller; afterwards the thread is whose it was before. */
  public static void runAs(AtomicMarkableReference<@Nullable String> caller, Runnable task) {
    AtomicMarkableReference<@Nullable String> before = CALLER.get();
    become(caller);
    try {
      task.run();
    } finally {
      become(before);
    }
  }

  /**
   * Woven in place of {@code executor.execute(stage)} where a stage's turn has come: whoever made
   * the stage submits it, not whoever happened to complete the one before.
   */
  public static void execute(Executor executor, Runnable stage) {
    AtomicMarkableReference<@Nullable String> before = CALLER.get();
    AtomicMarkableReference<@Nullable String> caller = taken(stage);
    become(caller == null ? NOBODY : caller);
    try {
      executor.execute(stage);
    } finally {
      become(before);
    }
  }

  /** Woven where a thread begins with a task; never throws. */
  public static void begin(Object worker, @Nullable Object task) {
    AtomicMarkableReference<@Nullable String> caller = task == null ? null : taken(task);
    if (caller == null) return;
    try {
      RUNNING.set(new Object[] {worker, CALLER.get(), RUNNING.get()});
      become(caller);
    } catch (Throwable ours) {
      // It runs for nobody.
    }
  }

  /** Woven where a thread has done what it began with this worker, if anything; never throws. */
  @SuppressWarnings("unchecked")
  public static void end(Object worker) {
    try {
      Object[] top = RUNNING.get();
      while (top != null && top[0] != worker) top = (Object[]) top[2];
      if (top == null) return;
      become((AtomicMarkableReference<@Nullable String>) top[1]);
      if (top[2] == null) RUNNING.remove();
      else RUNNING.set((Object[]) top[2]);
    } catch (Throwable ours) {
      // Nothing is left to be done.
    }
  }

  private static @Nullable AtomicMarkableReference<@Nullable String> caller() {
    AtomicMarkableReference<@Nullable String> caller = CALLER.get();
    LatchkeyBridge to = carrier;
    if (caller != null || to == null) return caller;
    try {
      return to.onThread(Thread.currentThread());
    } catch (Throwable ours) {
      return null;
    }
  }

  private static @Nullable AtomicMarkableReference<@Nullable String> taken(Object task) {
    try {
      LatchkeyBridge to = carrier;
      return to == null ? null : to.onRun(task);
    } catch (Throwable ours) {
      return null;
    }
  }

  private static void become(@Nullable AtomicMarkableReference<@Nullable String> caller) {
    try {
      if (caller == null) {
        CALLER.remove();
      } else {
        CALLER.set(caller);
      }
    } catch (Throwable ours) {
      // The application's task runs all the same.
    }
  }

  /**
   * Where the agent's settings come from: what stands behind the {@code =} of the flag (may be
   * null), and the folder of the agent's jar. Null before the agent has started.
   */
  public static String @Nullable [] settings() {
    String[] known = settings;
    return known == null ? null : known.clone();
  }

  /** Says where the agent's settings come from, for a filter that shall use the same. */
  public static void settings(@Nullable String arguments, @Nullable String folder) {
    settings = new String[] {arguments, folder};
  }
}
