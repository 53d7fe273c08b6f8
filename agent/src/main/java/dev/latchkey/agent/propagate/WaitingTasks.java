package dev.latchkey.agent.propagate;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicMarkableReference;
import org.jspecify.annotations.Nullable;

/**
 * Whose the tasks are that wait for a thread, beside the tasks and not in them: known by identity,
 * held weakly, their own methods are never called. At most {@value #MOST} wait; what comes then is
 * nobody's. Safe for use by many threads, takes no lock of its own.
 */
final class WaitingTasks {
  static final int MOST = 100_000;

  private final int most;
  private final ConcurrentHashMap<Object, Waiting> waiting = new ConcurrentHashMap<>();
  private final ReferenceQueue<Object> gone = new ReferenceQueue<>();

  private WaitingTasks(int most) {
    this.most = most;
  }

  static WaitingTasks create() {
    return create(MOST);
  }

  static WaitingTasks create(int most) {
    return new WaitingTasks(most);
  }

  /** A task that is submitted once, or whose last submission counts. */
  void put(Object task, AtomicMarkableReference<@Nullable String> caller) {
    if (!hasRoom()) return;
    Waiting once = Waiting.once(caller);
    if (waiting.replace(new Asked(task), once) == null) waiting.put(new Stored(task, gone), once);
  }

  /** A task that may be submitted again before it has run. */
  void add(Object task, AtomicMarkableReference<@Nullable String> caller) {
    if (!hasRoom()) return;
    Asked asked = new Asked(task);
    for (; ; ) {
      Waiting before = waiting.get(asked);
      if (before == null) {
        Stored key = new Stored(task, gone);
        if (waiting.putIfAbsent(key, Waiting.once(caller)) == null) return;
      } else if (waiting.replace(asked, before, before.more(caller))) {
        return;
      }
    }
  }

  /** Whose the task is that is about to run, once for each time it was submitted. */
  @Nullable AtomicMarkableReference<@Nullable String> take(Object task) {
    // No look at isEmpty first: under contention it is true of a map that holds this very task.
    Asked asked = new Asked(task);
    for (; ; ) {
      Waiting before = waiting.get(asked);
      if (before == null) return null;
      Waiting after = before.less();
      boolean taken =
          after == null ? waiting.remove(asked, before) : waiting.replace(asked, before, after);
      if (taken) return before.caller();
    }
  }

  /** Whose it is, and stays. */
  @Nullable AtomicMarkableReference<@Nullable String> get(Object task) {
    Waiting found = waiting.get(new Asked(task));
    return found == null ? null : found.caller();
  }

  int size() {
    clean();
    return waiting.size();
  }

  private boolean hasRoom() {
    clean();
    return waiting.mappingCount() < most;
  }

  private void clean() {
    for (Reference<?> old = gone.poll(); old != null; old = gone.poll()) waiting.remove(old);
  }

  private static final class Asked {
    private final Object task;

    Asked(Object task) {
      this.task = task;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(task);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Stored && ((Stored) other).get() == task;
    }
  }

  private static final class Stored extends WeakReference<Object> {
    private final int hash;

    Stored(Object task, ReferenceQueue<Object> gone) {
      super(task, gone);
      this.hash = System.identityHashCode(task);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      if (this == other) return true;
      Object task = get();
      return task != null && other instanceof Stored && ((Stored) other).get() == task;
    }
  }
}
