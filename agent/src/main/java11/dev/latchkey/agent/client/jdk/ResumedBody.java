package dev.latchkey.agent.client.jdk;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** What the application's subscriber asks for: first what was kept, then the rest as it comes. */
final class ResumedBody<T> implements Subscription {
  private final BodySubscriber<T> subscriber;
  private final @Nullable Subscription upstream;
  private final List<ByteBuffer> kept;
  private final Serial serial;
  private boolean keptIsDue;
  private boolean ended;
  private boolean over;
  private @Nullable Throwable fault;

  ResumedBody(
      BodySubscriber<T> subscriber,
      @Nullable Subscription upstream,
      List<ByteBuffer> kept,
      Serial serial) {
    this.subscriber = subscriber;
    this.upstream = upstream;
    this.kept = kept;
    this.serial = serial;
    this.keptIsDue = !kept.isEmpty();
  }

  void begin() {
    subscriber.onSubscribe(this);
  }

  void next(List<ByteBuffer> buffers) {
    if (!over) subscriber.onNext(buffers);
  }

  void ended(@Nullable Throwable thrown) {
    ended = true;
    fault = thrown;
    endIfDue();
  }

  @Override
  public void request(long n) {
    serial.run(() -> requested(n));
  }

  @Override
  public void cancel() {
    serial.run(
        () -> {
          over = true;
          if (upstream != null) upstream.cancel();
        });
  }

  private void requested(long n) {
    if (over) return;
    long left = n;
    // A wrong demand is the client's to complain of.
    if (keptIsDue && n > 0) {
      keptIsDue = false;
      left = n == Long.MAX_VALUE ? n : n - 1;
      subscriber.onNext(List.copyOf(kept));
      endIfDue();
    }
    if (left != 0 && !ended && upstream != null) upstream.request(left);
  }

  private void endIfDue() {
    if (!ended || keptIsDue || over) return;
    over = true;
    if (fault == null) subscriber.onComplete();
    else subscriber.onError(fault);
  }
}
