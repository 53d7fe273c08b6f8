package dev.latchkey.agent.forked.carry;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** A thread for each task, platform's or virtual: whose is what runs there. */
final class ThreadWork {
  private ThreadWork() {}

  static void tryAll() {
    Report.line("new thread", () -> User.does("alice", ThreadWork::newThread));
    ExecutorService virtual = virtual();
    if (virtual == null) return;
    Report.line("virtual", () -> User.does("alice", () -> virtual.submit(User::now).get()));
    Report.line(
        "virtual execute", () -> User.does("alice", () -> PoolWork.executed(virtual).get()));
    Report.line("virtual of nobody", () -> virtual.submit(User::now).get());
    Report.line("virtual afterwards", () -> overAfter(virtual));
    Report.line("virtual, request goes on", () -> goesOn(virtual));
    Report.line("virtual to pool", () -> User.does("alice", () -> toPool(virtual)));
    Report.line("virtual that parks", () -> User.does("alice", () -> parks(virtual)));
    Report.line("platform threads", ThreadWork::platform);
    Report.line("many virtual", () -> many(virtual));
  }

  private static String newThread() throws Exception {
    CompletableFuture<String> who = new CompletableFuture<>();
    new Thread(() -> who.complete(User.now())).start();
    return who.get(20, TimeUnit.SECONDS);
  }

  private static String overAfter(ExecutorService virtual) throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    CompletableFuture<String> during = new CompletableFuture<>();
    Future<String> after =
        User.does(
            "alice",
            () -> {
              Future<String> asked = virtual.submit(asking(during, over));
              during.get(20, TimeUnit.SECONDS);
              return asked;
            });
    over.countDown();
    return during.get() + "," + after.get();
  }

  private static String goesOn(ExecutorService virtual) throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    CompletableFuture<String> during = new CompletableFuture<>();
    CompletableFuture<Future<String>> after = new CompletableFuture<>();
    Object request =
        User.leaves("alice", () -> after.complete(virtual.submit(asking(during, over))));
    String meanwhile = during.get(20, TimeUnit.SECONDS) + "," + User.now();
    User.ended(request);
    over.countDown();
    return meanwhile + "," + after.get().get();
  }

  private static Callable<String> asking(CompletableFuture<String> during, CountDownLatch over) {
    return () -> {
      during.complete(User.now());
      Report.await(over);
      return User.now();
    };
  }

  private static String toPool(ExecutorService virtual) throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      return virtual.submit(() -> pool.submit(User::now).get()).get();
    } finally {
      pool.shutdown();
    }
  }

  private static String parks(ExecutorService virtual) throws Exception {
    CompletableFuture<String> go = new CompletableFuture<>();
    Future<String> asked = virtual.submit(() -> go.get() + User.now());
    go.complete("");
    return asked.get();
  }

  private static String many(ExecutorService virtual) throws Exception {
    int right = 0;
    for (int i = 0; i < 2000; i++) {
      String user = "user" + i;
      right += User.does(user, () -> virtual.submit(User::now).get()).equals(user) ? 1 : 0;
    }
    return right + " right";
  }

  private static String platform() throws Exception {
    ThreadFactory threads = Thread::new;
    ExecutorService each =
        (ExecutorService)
            Executors.class
                .getMethod("newThreadPerTaskExecutor", ThreadFactory.class)
                .invoke(null, threads);
    return User.does("alice", () -> each.submit(User::now).get());
  }

  private static ExecutorService virtual() {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException olderJava) {
      return null;
    }
  }
}
