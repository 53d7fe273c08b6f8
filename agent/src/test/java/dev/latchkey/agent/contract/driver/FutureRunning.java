package dev.latchkey.agent.contract.driver;

import dev.latchkey.agent.contract.Answer;
import dev.latchkey.agent.contract.ClientDriver;
import dev.latchkey.agent.contract.Faults;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** A call of an asynchronous API. */
final class FutureRunning implements ClientDriver.Running {
  private final CompletableFuture<Answer> future;
  private final Runnable cancel;

  FutureRunning(CompletableFuture<Answer> future, Runnable cancel) {
    this.future = future;
    this.cancel = cancel;
  }

  @Override
  public Answer join() throws Exception {
    try {
      return future.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException fault) {
      throw Faults.unwrapped(fault);
    }
  }

  @Override
  public boolean done() {
    return future.isDone();
  }

  @Override
  public void cancel() {
    cancel.run();
  }
}
