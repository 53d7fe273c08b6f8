package dev.latchkey.agent.system;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** An application that is used all the time, a few calls after the other. */
final class Traffic implements AutoCloseable {
  private static final long BREATH = TimeUnit.MILLISECONDS.toNanos(50);

  private final AppProcess app;
  private final Thread thread = new Thread(this::run, "traffic");
  private final Set<Integer> statuses = new ConcurrentSkipListSet<>();
  private final AtomicInteger calls = new AtomicInteger();
  private volatile boolean ended;
  private volatile Exception fault;

  private Traffic(AppProcess app) {
    this.app = app;
    thread.setDaemon(true);
  }

  static Traffic through(AppProcess app) {
    Traffic traffic = new Traffic(app);
    traffic.thread.start();
    return traffic;
  }

  private void run() {
    try {
      while (!ended) {
        Calls some = app.call("huc", 2, 2);
        statuses.addAll(some.statuses());
        calls.addAndGet(some.all().size());
        LockSupport.parkNanos(BREATH);
      }
    } catch (Exception e) {
      fault = e;
    }
  }

  /** Waits for so many more calls. */
  void awaitMore(int more) throws Exception {
    int goal = calls.get() + more;
    Eventually.within(
        Duration.ofSeconds(60),
        more + " more calls (" + fault + ")",
        () -> fault != null || calls.get() >= goal);
    if (fault != null) throw fault;
  }

  /** Ends it; all statuses that were seen. */
  Set<Integer> end() throws Exception {
    ended = true;
    thread.join(TimeUnit.SECONDS.toMillis(90));
    if (fault != null) throw fault;
    return new TreeSet<>(statuses);
  }

  @Override
  public void close() {
    ended = true;
  }
}
