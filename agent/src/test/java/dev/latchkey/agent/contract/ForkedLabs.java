package dev.latchkey.agent.contract;

import org.jspecify.annotations.Nullable;

/** Labs one after the other: the same JVM as long as the client is the same. For one thread. */
final class ForkedLabs {
  private @Nullable ForkedLab current;

  /** The lab for the next test. */
  Lab next(Subject subject, String javaHome) throws Exception {
    if (current != null && !current.isFor(subject, javaHome)) end();
    if (current == null) current = new ForkedLab(subject, javaHome);
    return current.next();
  }

  /** Ends the JVMs that are running. */
  void end() throws Exception {
    ForkedLab ended = current;
    current = null;
    if (ended != null) ended.stop();
  }
}
