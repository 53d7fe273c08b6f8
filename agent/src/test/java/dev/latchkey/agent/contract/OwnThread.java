package dev.latchkey.agent.contract;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** A call on a thread of its own, for clients without an asynchronous API. */
public final class OwnThread implements ClientDriver.Running {
  private final FutureTask<Answer> task;
  private final Runnable cancel;

  private OwnThread(FutureTask<Answer> task, Runnable cancel) {
    this.task = task;
    this.cancel = cancel;
  }

  /** Starts the call; {@code cancel} is how an application would stop it. */
  public static OwnThread start(Callable<Answer> call, Runnable cancel) {
    FutureTask<Answer> task = new FutureTask<>(call);
    Thread thread = new Thread(task, "application");
    thread.setDaemon(true);
    thread.start();
    return new OwnThread(task, cancel);
  }

  @Override
  public Answer join() throws Exception {
    try {
      return task.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException fault) {
      throw Faults.unwrapped(fault);
    }
  }

  @Override
  public boolean done() {
    return task.isDone();
  }

  @Override
  public void cancel() {
    cancel.run();
  }
}
