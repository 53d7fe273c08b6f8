package dev.latchkey.agent.client;

import org.jspecify.annotations.Nullable;

/**
 * Translates between one HTTP client and the front door ({@link
 * dev.latchkey.core.call.OutboundCalls}, whose page lists an adapter's duties).
 *
 * <p>An implementation is public and has one public constructor that takes the {@code
 * OutboundCalls}. It lives in a package of its own, which is defined afresh for every application
 * class loader that holds the client: there it sees the application's own client classes, the JDK
 * and the agent, and may extend any of them. It is made at the client's first use and kept as long
 * as the client's classes live. Used by many threads at once.
 */
public interface Adapter {

  /**
   * A hooked method runs; what is passed and what the result means is told by the hook's {@link
   * Hook.Kind}.
   *
   * <p>What is thrown from an AROUND hook reaches the application and must be the real call's own
   * exception: an adapter catches its own faults, returns null while nothing was sent, and hands
   * back the answer it has when something was. A {@link LinkageError} counts as ours: it switches
   * the client off for this loader, with one warning, and the original method runs. So one that
   * comes out of the real call, or once something was sent, is thrown as a {@link RealFault}. What
   * is thrown from an ENTRY or EXIT hook never reaches the application.
   *
   * @param hook the hook's place in {@link ClientHooks#hooks}, from 0
   * @param self the object whose method runs; null in a constructor or a static method
   * @param a the first argument (EXIT: the value about to be returned)
   * @param b the second argument (EXIT: the first)
   * @param c the third argument (EXIT: the second)
   * @return null to change nothing
   */
  @Nullable Object enter(
      int hook, @Nullable Object self, @Nullable Object a, @Nullable Object b, @Nullable Object c)
      throws Throwable;
}
