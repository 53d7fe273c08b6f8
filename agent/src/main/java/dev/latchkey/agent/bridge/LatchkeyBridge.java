package dev.latchkey.agent.bridge;

import org.jspecify.annotations.Nullable;

/**
 * What woven code calls: the one class of ours that every class loader sees. In the packaged agent
 * it is {@code java.lang.LatchkeyBridge}, because every loader there is delegates {@code java.*}.
 * Only JDK types may appear here, and nothing is allocated for a call.
 *
 * <p>An instance is the agent's handler; while there is none, every call returns as if nothing was
 * woven. Safe for use by many threads.
 */
public abstract class LatchkeyBridge {
  private static final ThreadLocal<@Nullable String> OWNER = new ThreadLocal<>();
  private static volatile @Nullable LatchkeyBridge handler;
  private static volatile String @Nullable [] settings;

  /** For the agent's handler. */
  protected LatchkeyBridge() {}

  /**
   * A hooked method runs.
   *
   * @param hook the client's number times 16, plus the hook's place in the client
   * @param in the class that declares the method
   */
  protected abstract @Nullable Object onHook(
      int hook,
      Class<?> in,
      @Nullable Object self,
      @Nullable Object a,
      @Nullable Object b,
      @Nullable Object c)
      throws Throwable;

  /** Makes {@code handler} the one; the first wins, for good. */
  public static synchronized boolean install(LatchkeyBridge first) {
    if (handler != null) return false;
    handler = first;
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
    return OWNER.get();
  }

  /** Says who is calling on this thread from now on; null for nobody. */
  public static void owner(@Nullable String user) {
    if (user == null) {
      OWNER.remove();
    } else {
      OWNER.set(user);
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
