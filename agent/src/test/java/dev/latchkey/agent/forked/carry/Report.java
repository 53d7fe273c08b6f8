package dev.latchkey.agent.forked.carry;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One line for each thing that was tried: its name, and what came of it. */
final class Report {
  private Report() {}

  static void line(String name, Callable<?> work) {
    String result;
    try {
      result = String.valueOf(work.call());
    } catch (Throwable fault) {
      result = "failed: " + fault;
      fault.printStackTrace();
    }
    System.out.println(name + "=" + result);
  }

  static void await(CountDownLatch latch) {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) throw new IllegalStateException("waited in vain");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
