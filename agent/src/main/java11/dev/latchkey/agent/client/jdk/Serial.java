package dev.latchkey.agent.client.jdk;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs one thing after the other, on the threads that bring them, without a lock. */
final class Serial {
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();

  /** Runs it now, or leaves it to the thread that is running something. */
  void run(Runnable next) {
    waiting.add(next);
    if (count.getAndIncrement() != 0) return;
    do {
      waiting.remove().run();
    } while (count.decrementAndGet() != 0);
  }
}
