package dev.latchkey.agent.propagate;

import static dev.latchkey.agent.propagate.Place.Kind.EXECUTE;
import static dev.latchkey.agent.propagate.Place.Kind.NEXT;
import static dev.latchkey.agent.propagate.Place.Kind.RUN;
import static dev.latchkey.agent.propagate.Place.Kind.STAGE;
import static dev.latchkey.agent.propagate.Place.Kind.WITHIN;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where tasks go from thread to thread: the JDK's executors, and those of servers and libraries
 * that do not ride on them. The JDK's private names are those of Java 8, 11, 17, 21 and 25; where
 * one is missing, that way carries nobody.
 */
final class Places {
  private static final String JUC = "java/util/concurrent/";
  private static final String RUNNABLE = "(Ljava/lang/Runnable;)V";
  private static final String TASK = "L" + JUC + "ForkJoinTask;";
  private static final String POOL = JUC + "ForkJoinPool";
  private static final String FUTURE = JUC + "CompletableFuture$";

  private static final String[] ASYNC_CONTEXTS = {
    "org/apache/catalina/core/AsyncContextImpl",
    "org/eclipse/jetty/server/AsyncContextState",
    "org/eclipse/jetty/ee8/nested/AsyncContextState",
    "org/eclipse/jetty/ee9/nested/AsyncContextState",
    "org/eclipse/jetty/ee10/servlet/AsyncContextState",
    "org/eclipse/jetty/ee11/servlet/AsyncContextState",
    "io/undertow/servlet/spec/AsyncContextImpl"
  };

  private final Map<String, List<Place>> byType = new HashMap<>();

  private Places() {}

  /** All of them, by the internal name of the class. */
  static Map<String, List<Place>> byType() {
    Places places = new Places();
    places.threadPools();
    places.forkJoin();
    places.stages();
    places.threads();
    for (String type : ASYNC_CONTEXTS) places.add(Place.start(type));
    return places.byType;
  }

  private void threadPools() {
    threadPool(JUC + "ThreadPoolExecutor");
    threadPool("org/apache/tomcat/util/threads/ThreadPoolExecutor"); // a copy of the JDK's
    add(
        Place.submit(
            JUC + "ScheduledThreadPoolExecutor",
            "delayedExecute",
            "(L" + JUC + "RunnableScheduledFuture;)V",
            1));
  }

  private void threadPool(String type) {
    add(Place.submit(type, "execute", RUNNABLE, 1));
    add(Place.forget(type, "reject", RUNNABLE));
    add(Place.of(RUN, type, "runWorker")); // a worker's first task
    add(Place.of(NEXT, type, "getTask")); // all others, and of workers older than the weaving
  }

  private void forkJoin() {
    add(Place.submit(POOL, "externalPush", "(" + TASK + ")V", 1)); // 8
    add(Place.submit(POOL, "externalSubmit", "(" + TASK + ")" + TASK, 1)); // 11, 17; lazily later
    add(Place.submit(POOL, "poolSubmit", "(Z" + TASK + ")" + TASK, 2)); // 21, 25
    add(Place.before(POOL, "schedule", "scheduleDelayedTask")); // 25
    add(Place.submit(JUC + "ForkJoinTask", "fork", "()" + TASK, 0));
    add(Place.of(WITHIN, JUC + "ForkJoinTask", "doExec"));
  }

  private void stages() {
    add(Place.of(STAGE, FUTURE + "UniCompletion", "<init>"));
    add(Place.of(EXECUTE, FUTURE + "UniCompletion", "claim"));
    add(Place.before(FUTURE + "ThreadPerTaskExecutor", "execute", "start"));
    add(Place.before(FUTURE + "DelayedExecutor", "execute", "scheduleDelayedTask")); // 25
  }

  private void threads() {
    String threads = JUC + "ThreadPerTaskExecutor"; // 21
    add(Place.submit(threads, "start", "(Ljava/lang/Thread;)V", 1));
    add(Place.forget(threads, "taskComplete", "(Ljava/lang/Thread;)V"));
    add(
        Place.before(
            "org/springframework/core/task/SimpleAsyncTaskExecutor", "doExecute", "start"));
  }

  private void add(Place place) {
    List<Place> ofType = byType.get(place.type);
    if (ofType == null) byType.put(place.type, ofType = new ArrayList<>());
    ofType.add(place);
  }
}
