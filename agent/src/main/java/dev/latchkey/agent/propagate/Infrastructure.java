package dev.latchkey.agent.propagate;

import java.util.concurrent.ForkJoinPool;

/**
 * Tasks that go on for everybody, whoever's thread submitted them: a server's connections, an HTTP
 * client's shared streams, the JDK's virtual threads, the agent's own. They never have an owner.
 */
final class Infrastructure {
  private static final String[] TASKS = {
    "org.apache.coyote.",
    "org.apache.tomcat.",
    "org.apache.catalina.",
    "org.eclipse.jetty.",
    "io.undertow.",
    "org.xnio.",
    "org.jboss.threads.",
    "org.glassfish.grizzly.",
    "com.ibm.ws.",
    "weblogic.",
    "io.netty.",
    "io.vertx.",
    "io.grpc.",
    "reactor.netty.",
    "jdk.internal.",
    "sun.",
    "okhttp3.ConnectionPool",
    "okhttp3.internal.concurrent.",
    "okhttp3.internal.connection.RealConnectionPool",
    "okhttp3.internal.http2."
  };

  private Infrastructure() {}

  static boolean has(Object by, Object task) {
    Class<?> type = task.getClass();
    return isOfVirtualThreads(by) || isOurs(type) || hasName(type.getName());
  }

  private static boolean isOurs(Class<?> task) {
    return task.getClassLoader() == Infrastructure.class.getClassLoader();
  }

  private static boolean hasName(String task) {
    for (String prefix : TASKS) {
      if (task.startsWith(prefix)) return true;
    }
    return false;
  }

  // The pool that carries virtual threads makes its own threads by a factory of java.lang.
  private static boolean isOfVirtualThreads(Object by) {
    return by instanceof ForkJoinPool
        && ((ForkJoinPool) by).getFactory().getClass().getName().startsWith("java.lang.");
  }
}
