package dev.latchkey.agent.hop;

import dev.latchkey.core.call.KeyedCall;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Waits for another key on the application's own thread, as long as it still wants the call. */
public final class Wait {
  // Clients have no way to be told of a cancellation that works in all their versions.
  private static final int LOOK_EVERY_MILLIS = 20;

  /** The front door answers within 15 seconds; this is for the day when it doesn't. */
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(20);

  private Wait() {}

  /**
   * The call to send instead; null to hand back the answer that came. A thread that is interrupted
   * stays so and gets null.
   *
   * @throws CancellationException if the application cancelled its call meanwhile
   */
  public static @Nullable KeyedCall forReplay(KeyedCall call, BooleanSupplier cancelled) {
    CompletableFuture<@Nullable KeyedCall> next = call.replayAsync(true);
    long began = System.nanoTime();
    while (System.nanoTime() - began < LONGEST_NANOS) {
      try {
        return next.get(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException notYet) {
        if (cancelled.getAsBoolean()) throw givenUp(next);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        givenUp(next);
        return null;
      } catch (ExecutionException ours) {
        return null;
      }
    }
    givenUp(next);
    return null;
  }

  /** Nobody will send the call that may still come, and the front door has to know. */
  private static CancellationException givenUp(CompletableFuture<@Nullable KeyedCall> next) {
    CancellationException reason = new CancellationException("given up before it was sent");
    next.whenComplete(
        (call, fault) -> {
          if (call != null) call.failed(reason);
        });
    return reason;
  }
}
