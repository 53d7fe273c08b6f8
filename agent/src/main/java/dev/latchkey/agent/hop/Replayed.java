package dev.latchkey.agent.hop;

import dev.latchkey.agent.client.RealFault;
import dev.latchkey.core.call.KeyedCall;
import dev.latchkey.core.provider.AnswerHead;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Duties 4 to 7 of {@link dev.latchkey.core.call.OutboundCalls} for clients that block: sends one
 * hop, reports what came of it and, where the key was refused, sends it once more. A client says
 * how each step is done; {@code R} is its response. Used by one thread.
 */
public abstract class Replayed<R> {
  /** For adapters. */
  protected Replayed() {}

  /**
   * Sends with this call's key attached; a fault of ours on the way there sends without it. The
   * client's own part runs in {@link RealFault#marked}.
   */
  protected abstract R send(KeyedCall call) throws Exception;

  /** The answer as the front door sees it. */
  protected abstract AnswerHead head(R answer);

  /** Peeks at the body and returns what was read; the application still gets every byte. */
  protected abstract byte[] peek(R answer, KeyedCall call, AnswerHead head) throws Exception;

  /** Replaces the answer's {@code Location}. */
  protected abstract void relocate(R answer, String location);

  /** Whether the request, body and all, can be sent once more. */
  protected abstract boolean repeatable();

  /** Whether the application has given the call up. */
  protected abstract boolean cancelled();

  /** What the client throws at an application that has given the call up. */
  protected abstract Exception cancellation();

  /** Gives the connection back; the answer will not be looked at again. */
  protected abstract void letGo(R answer) throws Exception;

  /** The answer for the application; what is thrown is the real call's own. */
  public final R run(KeyedCall call) throws Exception {
    R answer = sent(call);
    KeyedCall next = another(call, answer);
    if (next == null) return answer;
    quietly(answer);
    R second = RealFault.marked(() -> sent(next));
    report(next, second);
    return second;
  }

  private R sent(KeyedCall call) throws Exception {
    try {
      return send(call);
    } catch (Exception fault) {
      call.failed(fault);
      throw Hidden.in(fault, call);
    } catch (RealFault real) {
      call.failed(real.fault());
      throw real;
    }
  }

  private @Nullable KeyedCall another(KeyedCall call, R answer) throws Exception {
    if (!report(call, answer)) return null;
    try {
      if (!repeatable()) return call.replay(false);
      return Wait.forReplay(call, this::cancelled);
    } catch (CancellationException gone) {
      quietly(answer);
      throw cancellation();
    } catch (Throwable ours) {
      return null;
    }
  }

  /** Whether a replay should be asked for. */
  private boolean report(KeyedCall call, R answer) {
    try {
      AnswerHead head = head(answer);
      String location = head.header("Location");
      if (location != null) hide(call, answer, location);
      byte[] prefix = call.wantsBody(head) ? peek(answer, call, head) : new byte[0];
      return call.answered(head, prefix);
    } catch (Throwable ours) {
      return false;
    }
  }

  private void hide(KeyedCall call, R answer, String location) {
    String hidden = call.hide(location);
    if (!hidden.equals(location)) relocate(answer, hidden);
  }

  private void quietly(R answer) {
    try {
      letGo(answer);
    } catch (Exception | LinkageError ignored) {
      // Nobody waits for this answer any more.
    }
  }
}
