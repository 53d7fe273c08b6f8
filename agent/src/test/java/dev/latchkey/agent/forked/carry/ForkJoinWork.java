package dev.latchkey.agent.forked.carry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.RecursiveTask;
import java.util.stream.IntStream;

/** Fork-join pools: whose is what runs there. */
final class ForkJoinWork {
  private static final ForkJoinPool POOL = new ForkJoinPool(3);

  private ForkJoinWork() {}

  static void tryAll() {
    Report.line("fj execute", () -> User.does("alice", () -> PoolWork.executed(POOL)).get());
    Report.line("fj submit", () -> User.does("alice", () -> POOL.submit(User::now)).get());
    Report.line("fj invoke", () -> User.does("alice", () -> POOL.invoke(new Halves(64))));
    Report.line("fj invokeAll", ForkJoinWork::invokeAll);
    Report.line("fj nobody", () -> POOL.invoke(new Halves(64)));
    Report.line("fj throws", ForkJoinWork::throwing);
    Report.line("fj reused", ForkJoinWork::everyThread);
    Report.line("fj fork", () -> User.does("alice", () -> new Halves(64).fork().join()));
    Report.line("fj worker to pool", ForkJoinWork::workerToPool);
    Report.line("stream", () -> User.does("alice", ForkJoinWork::stream));
    Report.line("many users", ForkJoinWork::manyUsers);
    if (ForkJoinPool.getCommonPoolParallelism() > 0) {
      Report.line("common", ForkJoinWork::common);
    }
  }

  private static String invokeAll() throws Exception {
    List<Callable<String>> all = Arrays.asList(User::now, User::now);
    Set<String> who = new TreeSet<>();
    for (Future<String> each : User.does("alice", () -> POOL.invokeAll(all))) who.add(each.get());
    return who.toString();
  }

  private static String throwing() throws Exception {
    Future<?> future =
        User.does(
            "alice",
            () ->
                POOL.submit(
                    (Callable<?>)
                        () -> {
                          throw new IllegalStateException(User.now());
                        }));
    try {
      return "no: " + future.get();
    } catch (ExecutionException e) {
      Throwable cause = e;
      while (cause.getCause() != null) cause = cause.getCause();
      return cause.getMessage();
    }
  }

  /** No thread of the pool has kept anybody. */
  private static Set<String> everyThread() {
    Set<String> who = new ConcurrentSkipListSet<>();
    CountDownLatch all = new CountDownLatch(3);
    for (int i = 0; i < 3; i++) {
      POOL.execute(
          () -> {
            who.add(User.now());
            all.countDown();
            Report.await(all);
          });
    }
    Report.await(all);
    return who;
  }

  private static String workerToPool() throws Exception {
    return User.does(
            "alice", () -> POOL.submit(() -> POOL.submit(User::now).get() + "," + User.now()))
        .get();
  }

  private static Set<String> stream() {
    Set<String> who = new ConcurrentSkipListSet<>();
    IntStream.range(0, 1000).parallel().forEach(i -> who.add(User.now()));
    return who;
  }

  private static String common() throws Exception {
    ForkJoinPool pool = ForkJoinPool.commonPool();
    return User.does("alice", () -> pool.submit(User::now)).get();
  }

  /** Each of many users' forking tasks sees its own user only, all at the same time. */
  private static List<String> manyUsers() throws Exception {
    List<Future<String>> all = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String user = "user" + i;
      all.add(User.does(user, () -> POOL.submit(new Halves(32))));
    }
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      String who = all.get(i).get();
      if (!who.equals("[user" + i + "]")) wrong.add(i + ":" + who);
    }
    return wrong;
  }

  /** Forks until it is small, and collects everybody it met. */
  private static final class Halves extends RecursiveTask<String> {
    private static final long serialVersionUID = 1;

    private final int size;

    Halves(int size) {
      this.size = size;
    }

    @Override
    protected String compute() {
      if (size == 1) return "[" + User.now() + "]";
      Halves left = new Halves(size / 2);
      Halves right = new Halves(size / 2);
      left.fork();
      Set<String> who = new TreeSet<>();
      who.add("[" + User.now() + "]");
      who.add(right.compute());
      who.add(left.join());
      return String.join("", who);
    }
  }
}
