package dev.latchkey.agent.client.jdk;

import dev.latchkey.core.call.KeyedCall;
import dev.latchkey.core.provider.AnswerHead;
import dev.latchkey.core.provider.Classifier;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A body that the application does not see yet: its beginning is looked at, or a new key is being
 * got. Then it is handed over from its first byte, or thrown away because the call is repeated. No
 * thread waits here, and nothing is read that was not asked for.
 */
final class HeldBody<T> implements BodySubscriber<T> {
  private static final long THROWN_AWAY_AT_MOST = 64 * 1024;

  private final Supplier<BodySubscriber<T>> application;
  private final JdkHop hop;
  private final KeyedCall key;
  private final AnswerHead head;
  private final boolean peeks;
  private final CompletableFuture<@Nullable T> body = new CompletableFuture<>();
  private final Serial serial = new Serial();
  private final List<ByteBuffer> kept = new ArrayList<>();
  private final byte[] prefix;
  private int length;
  private long thrownAway;
  private boolean ended;
  private boolean decided;
  private @Nullable Throwable fault;
  private @Nullable Subscription upstream;
  private @Nullable ResumedBody<T> resumed;

  HeldBody(
      Supplier<BodySubscriber<T>> application,
      JdkHop hop,
      KeyedCall key,
      AnswerHead head,
      boolean peeks) {
    this.application = application;
    this.hop = hop;
    this.key = key;
    this.head = head;
    this.peeks = peeks;
    this.prefix = peeks ? new byte[Classifier.PEEK_LIMIT] : Classifier.NO_BODY;
  }

  @Override
  public CompletionStage<@Nullable T> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    serial.run(
        () -> {
          upstream = subscription;
          if (peeks) look();
          else renew();
        });
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    serial.run(
        () -> {
          if (resumed != null) resumed.next(buffers);
          else if (decided) throwAway(buffers);
          else keep(buffers);
        });
  }

  @Override
  public void onError(Throwable thrown) {
    serial.run(() -> ended(thrown));
  }

  @Override
  public void onComplete() {
    serial.run(() -> ended(null));
  }

  private void ended(@Nullable Throwable thrown) {
    if (ended) return;
    ended = true;
    fault = thrown;
    if (resumed != null) resumed.ended(thrown);
    else if (peeks && !decided) decide();
  }

  private void keep(List<ByteBuffer> buffers) {
    kept.addAll(buffers);
    for (ByteBuffer buffer : buffers) {
      int n = Math.min(buffer.remaining(), prefix.length - length);
      buffer.duplicate().get(prefix, length, n);
      length += n;
    }
    if (!decided) look();
  }

  private void look() {
    if (ended || length == prefix.length || key.decided(head, prefix, length)) decide();
    else if (upstream != null) upstream.request(1);
  }

  private void decide() {
    decided = true;
    if (hop.report(head, Arrays.copyOf(prefix, length))) renew();
    else handOver();
  }

  private void renew() {
    decided = true;
    // On the pool that the client completes its futures on: the application's code may follow.
    hop.call().renew(key).whenCompleteAsync((next, none) -> serial.run(() -> renewed(next)));
  }

  private void renewed(@Nullable KeyedCall next) {
    if (next == null) {
      handOver();
    } else {
      body.complete(null);
      if (!ended && upstream != null) upstream.request(Long.MAX_VALUE);
    }
  }

  /**
   * Reading to the end keeps the connection for the repetition; a long way there is not worth it.
   */
  private void throwAway(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) thrownAway += buffer.remaining();
    if (thrownAway > THROWN_AWAY_AT_MOST && upstream != null) upstream.cancel();
  }

  private void handOver() {
    try {
      BodySubscriber<T> subscriber = application.get();
      subscriber.getBody().whenComplete(this::complete);
      resumed = new ResumedBody<>(subscriber, upstream, kept, serial);
      resumed.begin();
      if (ended) resumed.ended(fault);
    } catch (Throwable theirs) {
      body.completeExceptionally(theirs);
      if (upstream != null) upstream.cancel();
    }
  }

  private void complete(@Nullable T value, @Nullable Throwable thrown) {
    if (thrown == null) body.complete(value);
    else body.completeExceptionally(thrown);
  }
}
