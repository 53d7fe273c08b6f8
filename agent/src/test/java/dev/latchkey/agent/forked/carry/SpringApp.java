package dev.latchkey.agent.forked.carry;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;

/** Spring's task executors; by reflection, because this is compiled without Spring. */
public final class SpringApp {
  private static final String CONCURRENT = "org.springframework.scheduling.concurrent.";
  private static final String SIMPLE = "org.springframework.core.task.SimpleAsyncTaskExecutor";

  private SpringApp() {}

  /** The argument is a managed URL where nobody answers. */
  public static void main(String[] args) throws Exception {
    CarryApp.awaitSettings(args[0]);
    Executor simple = make(SIMPLE);
    Report.line("simple", () -> as("alice", () -> submitted(simple)).get());
    Report.line("simple with a factory", () -> as("alice", SpringApp::withFactory).get());
    Report.line("simple of nobody", () -> submitted(simple).get());
    Executor pool = initialized("ThreadPoolTaskExecutor");
    Report.line("pool", () -> as("alice", () -> submitted(pool)).get());
    Report.line("pool reused", () -> PoolWork.executed(pool).get());
    Report.line("pool of bob", () -> as("bob", () -> PoolWork.executed(pool)).get());
    Executor concurrent = make(CONCURRENT + "ConcurrentTaskExecutor");
    call(concurrent, "setConcurrentExecutor", Executor.class, Executors.newCachedThreadPool());
    Report.line("concurrent", () -> as("alice", () -> submitted(concurrent)).get());
    Executor scheduler = initialized("ThreadPoolTaskScheduler");
    Report.line("scheduler", () -> as("alice", () -> submitted(scheduler)).get());
    Report.line("queue holds", () -> User.does("alice", () -> holds(pool)));
    System.exit(0);
  }

  private static Future<String> as(String user, Callable<Future<String>> work) throws Exception {
    return User.does(user, work);
  }

  @SuppressWarnings("unchecked")
  private static Future<String> submitted(Executor executor) throws Exception {
    Callable<String> who = User::now;
    return (Future<String>)
        executor.getClass().getMethod("submit", Callable.class).invoke(executor, who);
  }

  private static Future<String> withFactory() throws Exception {
    Executor simple = make(SIMPLE);
    ThreadFactory wrapping = task -> new Thread(() -> task.run());
    call(simple, "setThreadFactory", ThreadFactory.class, wrapping);
    return submitted(simple);
  }

  private static boolean holds(Executor executor) throws Exception {
    ThreadPoolExecutor pool =
        (ThreadPoolExecutor)
            executor.getClass().getMethod("getThreadPoolExecutor").invoke(executor);
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    executor.execute(
        () -> {
          busy.countDown();
          Report.await(gate);
        });
    Report.await(busy);
    Runnable task = User::now;
    executor.execute(task);
    boolean holds = pool.getQueue().peek() == task && pool.remove(task);
    gate.countDown();
    return holds;
  }

  private static Executor initialized(String name) throws Exception {
    Executor executor = make(CONCURRENT + name);
    executor.getClass().getMethod("initialize").invoke(executor);
    return executor;
  }

  private static Executor make(String name) throws Exception {
    return (Executor) Class.forName(name).getConstructor().newInstance();
  }

  private static void call(Object on, String method, Class<?> type, Object argument)
      throws Exception {
    on.getClass().getMethod(method, type).invoke(on, argument);
  }
}
