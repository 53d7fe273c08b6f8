package dev.latchkey.agent.forked.carry;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Stages of a {@code CompletableFuture}: whose is what runs there. */
final class StageWork {
  private static final ExecutorService POOL = Executors.newFixedThreadPool(2);

  private StageWork() {}

  static void tryAll() {
    Report.line("supplyAsync", () -> as("alice", () -> supply(User::now)));
    Report.line("supplyAsync in pool", () -> as("alice", () -> supplyIn(POOL)));
    Report.line("supplyAsync here", () -> as("alice", () -> supplyIn(Runnable::run)));
    Report.line("runAsync", () -> as("alice", StageWork::run));
    Report.line("stage of alice, completed by bob", () -> stage("alice", "bob", POOL));
    Report.line("stage of alice, completed by nobody", () -> stage("alice", null, POOL));
    Report.line("stage of nobody, completed by bob", () -> stage(null, "bob", POOL));
    Report.line("stage on default", () -> stage("alice", "bob", null));
    Report.line("stage run by bob", () -> stage("alice", "bob", Runnable::run));
    Report.line("bob afterwards", StageWork::completer);
    Report.line("stage of two", StageWork::ofTwo);
    Report.line("complete already", () -> as("alice", StageWork::already));
    Report.line("async again", StageWork::again);
    Report.line("delayed", () -> as("alice", StageWork::delayed));
    Report.line("afterwards", () -> as(null, () -> supply(User::now)));
  }

  private static String as(String user, Made made) throws Exception {
    CompletableFuture<String> future = user == null ? made.make() : User.does(user, made::make);
    return future.get(20, TimeUnit.SECONDS);
  }

  private static CompletableFuture<String> supply(java.util.function.Supplier<String> what) {
    return CompletableFuture.supplyAsync(what);
  }

  private static CompletableFuture<String> supplyIn(Executor executor) {
    return CompletableFuture.supplyAsync(User::now, executor);
  }

  private static CompletableFuture<String> run() {
    CompletableFuture<String> who = new CompletableFuture<>();
    CompletableFuture.runAsync(() -> who.complete(User.now()), POOL);
    return who;
  }

  private static String stage(String maker, String completer, Executor executor) throws Exception {
    CompletableFuture<String> first = new CompletableFuture<>();
    Made made =
        () ->
            executor == null
                ? first.thenApplyAsync(x -> User.now())
                : first.thenApplyAsync(x -> User.now(), executor);
    CompletableFuture<String> second = maker == null ? made.make() : User.does(maker, made::make);
    if (completer == null) {
      first.complete("");
    } else {
      User.does(completer, () -> first.complete(""));
    }
    return second.get(20, TimeUnit.SECONDS);
  }

  private static String completer() throws Exception {
    CompletableFuture<String> first = new CompletableFuture<>();
    User.does("alice", () -> first.thenApplyAsync(x -> User.now(), Runnable::run));
    return User.does(
        "bob",
        () -> {
          first.complete("");
          return User.now();
        });
  }

  private static String ofTwo() throws Exception {
    CompletableFuture<String> one = new CompletableFuture<>();
    CompletableFuture<String> two = new CompletableFuture<>();
    CompletableFuture<String> both =
        User.does("alice", () -> one.thenCombineAsync(two, (a, b) -> User.now(), POOL));
    User.does("bob", () -> one.complete(""));
    User.does("carol", () -> two.complete(""));
    return both.get(20, TimeUnit.SECONDS);
  }

  private static CompletableFuture<String> already() {
    return CompletableFuture.completedFuture("").thenApplyAsync(x -> User.now(), POOL);
  }

  private static String again() throws Exception {
    CompletableFuture<String> chain =
        User.does(
            "alice",
            () ->
                supply(User::now)
                    .thenApplyAsync(x -> x + "," + User.now(), POOL)
                    .thenComposeAsync(x -> supply(() -> x + "," + User.now())));
    return chain.get(20, TimeUnit.SECONDS);
  }

  private static CompletableFuture<String> delayed() throws Exception {
    Executor later;
    try {
      later =
          (Executor)
              CompletableFuture.class
                  .getMethod("delayedExecutor", long.class, TimeUnit.class, Executor.class)
                  .invoke(null, 1, TimeUnit.MILLISECONDS, POOL);
    } catch (NoSuchMethodException java8) {
      later = POOL;
    }
    return supplyIn(later);
  }

  private interface Made {
    CompletableFuture<String> make() throws Exception;
  }
}
