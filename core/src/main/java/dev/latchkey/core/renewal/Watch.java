package dev.latchkey.core.renewal;

import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.store.KeyStore;
import dev.latchkey.core.store.RenewalJournal.Attempt;
import dev.latchkey.core.store.StoreException;
import dev.latchkey.core.time.TimeSource;
import dev.latchkey.core.work.Workers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Waits for another process that makes the key: looks, pauses without holding a thread, looks
 * again. Its success is ours and so is its failure; but when its lease has run out it is dead, and
 * we compete for its place.
 */
final class Watch {
  private static final long FIRST_MILLIS = 100;
  private static final long LONGEST_MILLIS = 1_000;

  private final Job job;
  private final KeyStore store;
  private final Maker maker;
  private final Workers workers;
  private final TimeSource time;
  private final Duration longest;
  private final long began;
  private final CompletableFuture<Renewed> end = new CompletableFuture<>();
  private volatile long pauseMillis = FIRST_MILLIS;

  Watch(Job job, KeyStore store, Maker maker, Workers workers, TimeSource time, Duration longest) {
    this.job = job;
    this.store = store;
    this.maker = maker;
    this.workers = workers;
    this.time = time;
    this.longest = longest;
    began = time.nanoTime();
  }

  /** How it ended; fails only where our own threads do. */
  CompletableFuture<Renewed> start() {
    workers
        .later(nextPause(), this::look)
        .whenComplete(
            (found, fault) -> {
              if (fault != null) end.completeExceptionally(fault);
              else if (found != null) end.complete(found);
              else start();
            });
    return end;
  }

  /** Longer each time, and not the same for all: a fleet may be waiting. */
  private Duration nextPause() {
    long pause = pauseMillis;
    pauseMillis = Math.min(LONGEST_MILLIS, pause * 3 / 2);
    return Duration.ofMillis(pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1));
  }

  /** Null while it is not over. */
  private @Nullable Renewed look() {
    try {
      return over();
    } catch (StoreException e) {
      return Renewed.none(String.valueOf(e.getMessage()));
    }
  }

  private @Nullable Renewed over() {
    ManagedKey row = job.row(store);
    if (job.isDoneBy(row)) return maker.adoptFromTable(row);
    Optional<Attempt> latest = store.renewals().latest(job.id);
    if (latest.isPresent() && latest.get().ranOut()) return maker.make(job);
    if (latest.isPresent() && hasFailed(latest.get())) {
      return Renewed.none("another process tried in vain: " + latest.get().error());
    }
    return time.nanoTime() - began < longest.toNanos() ? null : givenUp();
  }

  private static boolean hasFailed(Attempt attempt) {
    return attempt.state().equals("failed") || attempt.state().equals("abandoned");
  }

  private Renewed givenUp() {
    return Renewed.none(
        "other processes are renewing the key and were not done within "
            + longest.getSeconds()
            + " s");
  }
}
