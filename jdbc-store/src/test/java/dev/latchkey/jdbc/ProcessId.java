package dev.latchkey.jdbc;

import java.lang.management.ManagementFactory;

/** This process's number, as Java 8 tells it. */
final class ProcessId {
  private ProcessId() {}

  static String text() {
    return ManagementFactory.getRuntimeMXBean().getName().replaceAll("@.*", "");
  }
}
