package dev.latchkey.agent.forked.carry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Thread pools: whose is what runs there. */
final class PoolWork {
  private static final ExecutorService ONE = Executors.newSingleThreadExecutor();
  private static final ExecutorService OTHER = Executors.newCachedThreadPool();
  private static final ScheduledExecutorService TIMER = Executors.newScheduledThreadPool(1);

  private static final ThreadPoolExecutor EARLY =
      new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());

  private PoolWork() {}

  /** A worker that is older than the weaving: the code that it is in stays as it was. */
  static void startEarly() throws Exception {
    EARLY.submit(User::now).get();
  }

  static void tryAll() {
    Report.line("execute", () -> User.does("alice", () -> executed(ONE)).get());
    Report.line("submit", () -> User.does("alice", () -> ONE.submit(User::now)).get());
    Report.line("early, nobody", () -> executed(EARLY).get());
    Report.line("early", () -> User.does("alice", () -> executed(EARLY)).get());
    Report.line("early submit", () -> User.does("alice", () -> EARLY.submit(User::now)).get());
    Report.line("early afterwards", () -> executed(EARLY).get());
    Report.line("woven", () -> ONE.submit(PoolWork::isWoven).get());
    Report.line("reused", () -> ONE.submit(User::now).get());
    Report.line("nobody", () -> executed(ONE).get());
    Report.line("submitter keeps", () -> User.does("alice", PoolWork::keeps));
    Report.line("nested", () -> User.does("alice", () -> ONE.submit(PoolWork::nested)).get());
    Report.line("in line", PoolWork::inLine);
    Report.line("invokeAll", PoolWork::invokeAll);
    Report.line("throws", PoolWork::throwing);
    Report.line("execute throws", PoolWork::workerDies);
    Report.line("timer", () -> User.does("alice", () -> later(User::now)).get());
    Report.line("timer reused", () -> TIMER.submit(User::now).get());
    Report.line("periodic", PoolWork::periodic);
    Report.line("request over", PoolWork::requestOver);
    Report.line("shared by users", PoolWork::shared);
    Report.line("shared later", PoolWork::sharedLater);
  }

  private static boolean isWoven() {
    for (StackTraceElement frame : new Throwable().getStackTrace()) {
      if (frame.getClassName().equals("java.lang.LatchkeyBridge")) return true;
    }
    return false;
  }

  static Future<String> executed(Executor pool) {
    CompletableFuture<String> who = new CompletableFuture<>();
    pool.execute(() -> who.complete(User.now()));
    return who;
  }

  private static String keeps() throws Exception {
    ONE.submit(User::now).get();
    return User.now();
  }

  private static String nested() throws Exception {
    return OTHER.submit(User::now).get() + "," + executed(OTHER).get();
  }

  private static List<String> inLine() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    ONE.execute(() -> Report.await(gate));
    List<Future<String>> all = new ArrayList<>();
    for (String user : Arrays.asList("alice", "bob", "alice")) {
      all.add(User.does(user, () -> executed(ONE)));
    }
    all.add(executed(ONE));
    gate.countDown();
    List<String> out = new ArrayList<>();
    for (Future<String> each : all) out.add(each.get());
    return out;
  }

  private static String invokeAll() throws Exception {
    List<Callable<String>> one = Arrays.asList(User::now);
    return User.does("alice", () -> OTHER.invokeAll(one)).get(0).get();
  }

  private static String throwing() throws Exception {
    Future<?> future =
        User.does(
            "alice",
            () ->
                ONE.submit(
                    () -> {
                      throw new IllegalStateException(User.now());
                    }));
    try {
      return "no: " + future.get();
    } catch (ExecutionException e) {
      return e.getCause().getMessage() + "," + ONE.submit(User::now).get();
    }
  }

  private static String workerDies() throws Exception {
    CompletableFuture<String> who = new CompletableFuture<>();
    ExecutorService pool =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task);
              thread.setUncaughtExceptionHandler((t, e) -> who.complete(e.getMessage()));
              return thread;
            });
    User.does(
        "alice",
        () -> {
          pool.execute(
              () -> {
                throw new IllegalStateException(User.now());
              });
          return null;
        });
    return who.get() + "," + pool.submit(User::now).get();
  }

  private static Future<String> later(Callable<String> task) {
    return TIMER.schedule(task, 1, TimeUnit.MILLISECONDS);
  }

  private static List<String> periodic() throws Exception {
    List<String> who = java.util.Collections.synchronizedList(new ArrayList<>());
    CountDownLatch twice = new CountDownLatch(2);
    Runnable tick =
        () -> {
          if (who.size() < 2) who.add(User.now());
          twice.countDown();
        };
    Future<?> future =
        User.does("alice", () -> TIMER.scheduleAtFixedRate(tick, 1, 1, TimeUnit.MILLISECONDS));
    Report.await(twice);
    future.cancel(false);
    return who;
  }

  private static String requestOver() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    Future<String> who =
        User.does(
            "alice",
            () ->
                OTHER.submit(
                    () -> {
                      Report.await(over);
                      return User.now() + "," + OTHER.submit(User::now).get();
                    }));
    over.countDown();
    return who.get();
  }

  private static List<String> shared() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    ONE.execute(() -> Report.await(gate));
    List<String> who = java.util.Collections.synchronizedList(new ArrayList<>());
    CountDownLatch done = new CountDownLatch(2);
    Runnable same =
        () -> {
          who.add(User.now());
          done.countDown();
        };
    for (String user : Arrays.asList("alice", "bob")) {
      User.does(
          user,
          () -> {
            ONE.execute(same);
            return null;
          });
    }
    gate.countDown();
    Report.await(done);
    return who;
  }

  private static List<String> sharedLater() throws Exception {
    List<String> who = new ArrayList<>();
    Runnable same = () -> who.add(User.now());
    for (String user : Arrays.asList("alice", "bob")) {
      User.does(
          user,
          () -> {
            ONE.execute(same);
            return null;
          });
      ONE.submit(() -> {}).get();
    }
    return who;
  }
}
