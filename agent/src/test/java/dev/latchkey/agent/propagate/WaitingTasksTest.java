package dev.latchkey.agent.propagate;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicMarkableReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class WaitingTasksTest {
  private final WaitingTasks tasks = WaitingTasks.create();
  private final AtomicMarkableReference<@Nullable String> alice =
      new AtomicMarkableReference<>("alice", true);
  private final AtomicMarkableReference<@Nullable String> bob =
      new AtomicMarkableReference<>("bob", true);

  @Test
  void whatIsAddedIsTakenOnce() {
    Object task = new Object();
    tasks.add(task, alice);
    assertThat(tasks.get(task)).isSameAs(alice);
    assertThat(tasks.take(task)).isSameAs(alice);
    assertThat(tasks.take(task)).isNull();
    assertThat(tasks.size()).isZero();
  }

  @Test
  void whatOneUserAddsTwiceIsTakenTwice() {
    Object task = new Object();
    tasks.add(task, alice);
    tasks.add(task, new AtomicMarkableReference<>("alice", true));
    assertThat(user(tasks.take(task))).isEqualTo("alice");
    assertThat(user(tasks.take(task))).isEqualTo("alice");
    assertThat(tasks.take(task)).isNull();
  }

  @Test
  void whatTwoUsersAddIsNobodysUntilBothRan() {
    Object task = new Object();
    tasks.add(task, alice);
    tasks.add(task, bob);
    assertThat(tasks.take(task)).isNull();
    tasks.add(task, bob);
    assertThat(tasks.take(task)).isNull();
    assertThat(tasks.take(task)).isNull();
    assertThat(tasks.size()).isZero();
    tasks.add(task, bob);
    assertThat(tasks.take(task)).isSameAs(bob);
  }

  @Test
  void lastPutCounts() {
    Object task = new Object();
    tasks.put(task, alice);
    tasks.put(task, bob);
    assertThat(tasks.take(task)).isSameAs(bob);
    assertThat(tasks.take(task)).isNull();
  }

  @Test
  void tasksAreKnownByIdentityAndTheirMethodsAreNotCalled() {
    Stubborn one = new Stubborn();
    Stubborn other = new Stubborn();
    tasks.add(one, alice);
    tasks.put(other, bob);
    assertThat(tasks.take(one)).isSameAs(alice);
    assertThat(tasks.take(other)).isSameAs(bob);
  }

  @Test
  void taskThatNeverRunsIsCollected() {
    List<WeakReference<Object>> forgotten = new ArrayList<>();
    for (int i = 0; i < 1000; i++) forgotten.add(added());
    awaitEmpty();
    assertThat(tasks.size()).isZero();
    assertThat(forgotten).allMatch(each -> each.get() == null);
  }

  @Test
  void whatIsBeyondTheBoundIsNobodys() {
    WaitingTasks few = WaitingTasks.create(2);
    Object[] three = {new Object(), new Object(), new Object()};
    few.add(three[0], alice);
    few.put(three[1], alice);
    few.add(three[2], alice);
    assertThat(few.take(three[2])).isNull();
    assertThat(few.take(three[1])).isSameAs(alice);
    few.put(three[2], bob);
    assertThat(few.take(three[2])).isSameAs(bob);
    assertThat(few.take(three[0])).isSameAs(alice);
  }

  /** Eight threads submit and run; each task is its submitter's, and nothing is left. */
  @Test
  void manyThreadsAtATime() throws Exception {
    assertThat(together(thread -> wrong("user" + thread))).containsOnly(0);
    assertThat(tasks.size()).isZero();
  }

  /** Eight threads submit one and the same task: as many runs as submissions, never a stranger. */
  @Test
  void oneTaskOfManyThreads() throws Exception {
    Object shared = new Object();
    assertThat(together(thread -> shared(shared, "user" + thread % 2))).containsOnly(0);
    assertThat(tasks.take(shared)).isNull();
    assertThat(tasks.size()).isZero();
  }

  private int wrong(String user) {
    AtomicMarkableReference<@Nullable String> caller = new AtomicMarkableReference<>(user, true);
    int wrong = 0;
    for (int i = 0; i < 20_000; i++) {
      Object task = new Object();
      if (i % 2 == 0) tasks.add(task, caller);
      else tasks.put(task, caller);
      if (tasks.take(task) != caller) wrong++;
    }
    return wrong;
  }

  private int shared(Object task, String user) {
    AtomicMarkableReference<@Nullable String> caller = new AtomicMarkableReference<>(user, true);
    int strange = 0;
    for (int i = 0; i < 20_000; i++) {
      tasks.add(task, caller);
      String taken = user(tasks.take(task));
      if (taken != null && !taken.startsWith("user")) strange++;
    }
    return strange;
  }

  private static List<Integer> together(Work work) throws Exception {
    int threads = 8;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      CyclicBarrier gate = new CyclicBarrier(threads);
      List<Future<Integer>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) all.add(pool.submit(behind(gate, work, i)));
      List<Integer> results = new ArrayList<>();
      for (Future<Integer> each : all) results.add(each.get(60, TimeUnit.SECONDS));
      return results;
    } finally {
      pool.shutdownNow();
    }
  }

  private static Callable<Integer> behind(CyclicBarrier gate, Work work, int thread) {
    return () -> {
      gate.await(20, TimeUnit.SECONDS);
      return work.of(thread);
    };
  }

  private WeakReference<Object> added() {
    Object task = new Object();
    tasks.add(task, alice);
    return new WeakReference<>(task);
  }

  private void awaitEmpty() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (System.nanoTime() < end && tasks.size() > 0) {
      System.gc();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private static @Nullable String user(@Nullable AtomicMarkableReference<@Nullable String> caller) {
    return caller == null ? null : caller.getReference();
  }

  private interface Work {
    int of(int thread);
  }

  private static final class Stubborn {
    @Override
    public int hashCode() {
      throw new AssertionError("nobody asked for my hash code");
    }

    @Override
    public boolean equals(Object other) {
      throw new AssertionError("nobody asked whether I am equal");
    }
  }
}
